import { resolve } from "node:path";
import { build } from "vite";
import { contentPolicy, engineFiles } from "../../../vite.config.ts";
import { harnessFolder } from "./folders.ts";

/** Builds what the browser tests open: the site as it ships, and a bare page with the engine. */
export async function setup(): Promise<void> {
  await build({ logLevel: "warn", configFile: "vite.config.ts" });
  await build({
    logLevel: "warn",
    configFile: false,
    root: resolve(import.meta.dirname, "harness"),
    base: "./",
    publicDir: false,
    build: { outDir: harnessFolder, emptyOutDir: true, target: "es2023" },
    plugins: [engineFiles(), contentPolicy()],
  });
}
