import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { FilePlan } from "../../src/intake/plan.ts";
import { toUniqueHeaders } from "../../src/intake/nameColumns.ts";
import { readSample } from "../../src/intake/readSample.ts";
import { quoteCell, repair } from "../../src/intake/repair.ts";
import { detectStructure } from "../../src/intake/structure.ts";

const folder = resolve(import.meta.dirname, "../../../shared/pollock");

// 10 is a perfect reading: once for loading at all, three times each for header, records and cells
describe.skipIf(!existsSync(folder))("the Pollock benchmark (skipped without ../shared)", () => {
  it.each([
    ["file_level", 22, 9.3],
    ["survey", 44, 9.2],
  ])(
    "%s: the mean of %i files is at least %d",
    { timeout: 120_000 },
    async (name, files, least) => {
      const { score } = (await import(join(folder, "score.mjs"))) as {
        score: (clean: string, loaded: string) => number[];
      };
      const scores: Record<string, number> = {};
      for (const file of readdirSync(join(folder, name, "clean"))) {
        const clean = readFileSync(join(folder, name, "clean", file), "utf8");
        const loaded = await read(readFileSync(join(folder, name, "csv", file)));
        scores[file] = score(clean, loaded).reduce((sum, part) => sum + part, 0);
      }
      const values = Object.values(scores);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const low = Object.entries(scores).filter(([, value]) => value < 9.99);
      console.log(`${name}: ${mean.toFixed(2)}; below ten:`, Object.fromEntries(low));
      expect(values).toHaveLength(files);
      expect(mean).toBeGreaterThanOrEqual(least);
    },
  );
});

/** The table as intake cuts it: its header (or col_0, … where there is none) and its repaired rows. */
async function read(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const file = new Blob([bytes]);
  try {
    const sample = await readSample(file);
    const structure = detectStructure(sample);
    const headers = structure.headers.map((header) => header.trim());
    const columns = structure.headerRow
      ? toUniqueHeaders(headers, structure.width)
      : Array.from({ length: structure.width }, (_, i) => `col_${i}`);
    const { encoding, compression } = sample;
    const plan = {
      ...structure,
      columns,
      fields: {},
      encoding,
      compression,
    } as unknown as FilePlan;
    const { blob } = await repair(file, plan);
    const names = structure.headerRow ? headers : columns;
    return `${names.map(quoteCell).join(",")}\n${await blob.text()}`;
  } catch (error) {
    const { code } = error as { code?: string };
    return code === "empty" ? "" : `Application Error\n${code}`;
  }
}
