import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { mutateFile } from "../../intake/mutateFile.ts";
import type { Visit } from "../support/visit.ts";
import { expectTie, importFiles, open, openOnly } from "./pageCalls.ts";

// FUZZ_PAGE_RUNS=10000 npx vitest run --project browser test/browser/page/fuzz.test.ts
const runs = Number(process.env["FUZZ_PAGE_RUNS"] ?? 12);
const firstSeed = Number(process.env["PROPERTY_SEED"] ?? 20260101);
const mostMs = 30_000; // for one file, on a busy machine

const files = ["samples", "probes"].flatMap((name) => {
  const folder = new URL(`../../intake/fixtures/${name}/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".csv"))
    .map((file) => new Uint8Array(readFileSync(new URL(file, folder))));
});

let at: Visit;

beforeAll(async () => {
  at = await open();
});

afterAll(() => at?.close());

it(
  `one tab takes or refuses ${runs} spoilt files in turn, and answers after each`,
  async () => {
    await openOnly(at.page, "overview");
    await importFiles(at.page, [{ name: "spoilt.csv", content: files[0]! }]);
    for (let seed = firstSeed; seed < firstSeed + runs; ++seed) {
      const { bytes, ways } = mutateFile(files, seed);
      const what = `seed ${seed}: ${ways.join(", ")}`;
      const since = performance.now();
      // one name, so that each takes the place of the one before
      const outcome = await importFiles(at.page, [{ name: "spoilt.csv", content: bytes }]).then(
        (report) => {
          expectTie(report);
          return report.files[0]?.error?.code ?? "read";
        },
        (error: unknown) => String(error),
      );
      expect(outcome, what).not.toMatch(/fatal|worker-died|out-of-memory|timeout|Error$/);
      expect(performance.now() - since, what).toBeLessThan(mostMs);
      const alive = await at.page.evaluate(() => window.perennial.analyses().length);
      expect(alive, what).toBeGreaterThan(0);
    }
    expect(at.errors).toEqual([]);
  },
  60_000 + runs * 3000,
);
