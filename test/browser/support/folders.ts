import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");
const built = process.env["PERENNIAL_BUILT"];

/** the site as built for the readers: by this run of the tests, else (for measurements) by `npm run build` */
export const siteFolder = built ? resolve(built, "site") : resolve(root, "dist");

/** a page with nothing but the engine, as built by this run for the tests of the engine */
export const harnessFolder = resolve(built ?? root, "harness");
