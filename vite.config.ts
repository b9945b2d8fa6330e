import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: "src",
  base: "./",
  publicDir: "../public",
  build: { outDir: "../dist", emptyOutDir: true, target: "es2023" },
  plugins: [svelte()],
  test: {
    root: ".",
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          root: ".",
          environment: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**"],
          env: { TZ: "UTC" },
        },
      },
    ],
  },
});
