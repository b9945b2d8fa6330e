import { expect, it } from "vitest";
import { fromKeptFiles, isSameShelf, toKeptFiles } from "../../src/session/keptShelf.ts";
import type { Shelf } from "../../src/session/shelf.ts";

const file = new File(["a,b\n1,2\n"], "a.csv");
const shelf: Shelf = {
  sources: [{ name: "a.csv", file, corrections: { delimiter: ";" }, shape: "s", origin: "a.csv" }],
  refused: [{ name: "b.csv", file: new Blob(["?"]), corrections: {} }],
  answers: { currency: "EUR" },
};

it("comes back as it was kept, with its size", () => {
  const { bytes, content } = toKeptFiles(shelf);
  expect(bytes).toBe(9);
  const back = fromKeptFiles(content);
  expect(back).toEqual(shelf);
  expect(isSameShelf(back!, shelf)).toBe(true);
});

it.each([
  [undefined],
  ["text"],
  [{ sources: "none" }],
  [{ sources: [{ name: "a.csv", file: "no file" }] }],
])("takes of %j nothing", (kept) => {
  expect(fromKeptFiles(kept)).toBeUndefined();
});

it("takes of a source only what fits", () => {
  const odd = { name: "a.csv", file, corrections: { headerRow: "1" }, shape: 7, notes: "x" };
  expect(fromKeptFiles({ sources: [odd] })?.sources).toEqual([
    { name: "a.csv", file, corrections: {} },
  ]);
});

it("is another with another file, another answer or another correction", () => {
  const [source] = shelf.sources;
  const other = (change: Partial<Shelf>) => isSameShelf(shelf, { ...shelf, ...change });
  expect(other({})).toBe(true);
  expect(other({ answers: {} })).toBe(false);
  expect(other({ sources: [{ ...source!, file: new File(["a"], "a.csv") }] })).toBe(false);
  expect(other({ sources: [{ ...source!, corrections: {} }] })).toBe(false);
  expect(other({ sources: [{ ...source!, isRecalled: true }] })).toBe(true);
});
