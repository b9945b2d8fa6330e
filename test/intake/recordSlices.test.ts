import fc from "fast-check";
import Papa from "papaparse";
import { expect, it } from "vitest";
import { recordSlices } from "../../src/intake/recordSlices.ts";

it("cuts between records only, whatever the cells hold, and loses no byte", async () => {
  const cell = fc.stringMatching(/^[ab"\n,;]{0,6}$/);
  const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 30 });
  const size = fc.integer({ min: 1, max: 40 });
  await fc.assert(
    fc.asyncProperty(rows, size, size, async (table, sliceBytes, chunkBytes) => {
      const text = `${Papa.unparse(table, { newline: "\n", quotes: true })}\n`;
      const parts = await partsOf(text, sliceBytes, chunkBytes);
      expect(parts.join("")).toBe(text);
      const read = parts.flatMap(
        (part) => Papa.parse<string[]>(part.slice(0, -1), { delimiter: "," }).data,
      );
      expect(read).toEqual(table);
    }),
  );
});

it("gives a small file as it is, and an empty one not at all", async () => {
  expect(await partsOf("a,b\n1,2\n", 100, 3)).toEqual(["a,b\n1,2\n"]);
  expect(await partsOf("", 100, 3)).toEqual([]);
});

it("takes the last record without its line end", async () => {
  expect(await partsOf("a\nb\nc", 2, 1)).toEqual(["a\n", "b\n", "c"]);
});

it("makes a longer slice of a longer record", async () => {
  expect(await partsOf('"a\nb\nc\nd"\ne\n', 2, 2)).toEqual(['"a\nb\nc\nd"\n', "e\n"]);
});

async function partsOf(text: string, sliceBytes: number, chunkBytes: number): Promise<string[]> {
  const parts: string[] = [];
  for await (const slice of recordSlices(inChunks(text, chunkBytes), { sliceBytes })) {
    parts.push(await slice.text());
  }
  return parts;
}

/** A file that arrives in chunks of a size, as a large one does. */
function inChunks(text: string, chunkBytes: number): Blob {
  const file = new Blob([text]);
  const bytes = new TextEncoder().encode(text);
  const stream = () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += chunkBytes) {
          controller.enqueue(bytes.slice(at, at + chunkBytes));
        }
        controller.close();
      },
    });
  return Object.assign(file, { stream });
}
