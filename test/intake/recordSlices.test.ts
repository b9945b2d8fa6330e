import fc from "fast-check";
import Papa from "papaparse";
import { expect, it } from "vitest";
import { recordSlices } from "../../src/intake/recordSlices.ts";

it("cuts between records only, whatever the cells hold, and loses no byte", async () => {
  const cell = fc.stringMatching(/^[ab"\n,;]{0,6}$/);
  const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (table, sliceBytes) => {
      const text = `${Papa.unparse(table, { newline: "\n", quotes: true })}\n`;
      const parts = await partsOf(new Blob([text]), sliceBytes);
      expect(parts.join("")).toBe(text);
      const read = parts.flatMap(
        (part) => Papa.parse<string[]>(part.slice(0, -1), { delimiter: "," }).data,
      );
      expect(read).toEqual(table);
    }),
  );
});

it("gives a small file as it is, and an empty one not at all", async () => {
  expect(await partsOf(new Blob(["a,b\n1,2\n"]), 100)).toEqual(["a,b\n1,2\n"]);
  expect(await partsOf(new Blob([]), 100)).toEqual([]);
});

it("takes the last record without its line end", async () => {
  expect(await partsOf(new Blob(["a\nb\nc"]), 2)).toEqual(["a\n", "b\n", "c"]);
});

async function partsOf(file: Blob, sliceBytes: number): Promise<string[]> {
  const parts: string[] = [];
  for await (const slice of recordSlices(file, { sliceBytes })) parts.push(await slice.text());
  return parts;
}
