import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");

/** the site, as built for the readers */
export const siteFolder = resolve(root, "dist");

/** a page with nothing but the engine, as built for the tests of the engine */
export const harnessFolder = resolve(root, "node_modules/.cache/perennial/harness");
