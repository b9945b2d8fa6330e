import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { contentPolicy, engineFiles } from "../../../vite.config.ts";
import { buildAsShipped } from "./buildAsShipped.ts";

let folder: string | undefined;

/**
 * Builds what the browser tests open: the site as it ships, and a bare page with the engine. Once
 * for all projects of a run, in a folder of its own, so that another run does not take it away.
 */
export async function setup(): Promise<void> {
  if (process.env["PERENNIAL_BUILT"]) return;
  folder = await mkdtemp(join(tmpdir(), "perennial-built-"));
  process.env["PERENNIAL_BUILT"] = folder;
  await buildAsShipped({
    logLevel: "warn",
    configFile: "vite.config.ts",
    build: { outDir: join(folder, "site") },
  });
  await buildAsShipped({
    logLevel: "warn",
    configFile: false,
    root: resolve(import.meta.dirname, "harness"),
    base: "./",
    publicDir: false,
    build: { outDir: join(folder, "harness"), emptyOutDir: true, target: "es2023" },
    plugins: [engineFiles(), contentPolicy()],
  });
}

export async function teardown(): Promise<void> {
  if (!folder) return;
  delete process.env["PERENNIAL_BUILT"];
  await rm(folder, { recursive: true, force: true });
}
