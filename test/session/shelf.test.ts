import { describe, expect, it } from "vitest";
import {
  addFiles,
  correctFile,
  emptyShelf,
  removeFile,
  restoreFile,
  wholeShelf,
} from "../../src/session/shelf.ts";
import type { Shelf } from "../../src/session/shelf.ts";
import { namesOf } from "../../src/session/undoable.ts";

const a = new File(["a"], "a.csv");
const b = new File(["b"], "b.csv");
const both = addFiles(emptyShelf, [a, b], { currency: "EUR" });

function names({ sources }: Shelf): string[] {
  return sources.map(({ name }) => name);
}

function correctionsOf(shelf: Shelf, name: string): unknown {
  return shelf.sources.find((source) => source.name === name)?.corrections;
}

describe("what the reader gave", () => {
  it("grows by files, and a file of the same name takes the place of the one before", () => {
    const again = new File(["A"], "a.csv");
    const shelf = addFiles(both, [again], { decimal: "comma" });
    expect(names(shelf)).toEqual(["b.csv", "a.csv"]);
    expect(shelf.sources[1]?.file).toBe(again);
    expect(shelf.answers).toEqual({ currency: "EUR", decimal: "comma" });
  });

  it("loses a file that is taken out", () => {
    expect(names(removeFile(both, "a.csv"))).toEqual(["b.csv"]);
  });

  it("keeps corrections side by side, and columns until the file is cut differently", () => {
    let shelf = correctFile(both, "a.csv", { mapping: { amount: "Net" } });
    shelf = correctFile(shelf, "a.csv", { mapping: { refund: null }, kind: "lines" });
    expect(correctionsOf(shelf, "a.csv")).toEqual({
      kind: "lines",
      mapping: { amount: "Net", refund: null },
    });
    shelf = correctFile(shelf, "a.csv", { delimiter: ";" });
    expect(correctionsOf(shelf, "a.csv")).toEqual({ kind: "lines", delimiter: ";" });
    shelf = correctFile(shelf, "a.csv", { kind: undefined });
    expect(correctionsOf(shelf, "a.csv")).toEqual({ delimiter: ";" });
    expect(correctionsOf(shelf, "b.csv")).toEqual({});
  });

  it("goes back to as found, and forgets what was remembered when told", () => {
    const told = { answers: { decimal: "comma" }, corrections: { delimiter: ";" } };
    const recalled: Shelf = {
      sources: both.sources.map((source) => ({ ...source, ...told, recalled: told })),
      refused: [],
      answers: { currency: "EUR", "a.csv:decimal": "point" },
    };
    const found = restoreFile(recalled, "a.csv");
    expect(found.sources[0]).toMatchObject({
      corrections: {},
      recalled: { answers: told.answers },
    });
    expect(found.answers).toEqual(recalled.answers);
    const forgotten = restoreFile(recalled, "a.csv", { forget: true });
    expect(forgotten.sources[0]?.recalled).toBeUndefined();
    expect(forgotten.sources[1]?.recalled).toEqual(told);
    expect(forgotten.answers).toEqual({ currency: "EUR" });
  });

  it("takes a refused file back when it is corrected", () => {
    const shelf: Shelf = { sources: [both.sources[0]!], refused: [both.sources[1]!], answers: {} };
    expect(names(correctFile(shelf, "b.csv", { headerRow: 3 }))).toEqual(["a.csv", "b.csv"]);
  });
});

describe("undo", () => {
  it("names what came and what went", () => {
    const one = removeFile(both, "a.csv");
    expect(namesOf("added", one, both)).toEqual(["a.csv"]);
    expect(namesOf("removed", both, one)).toEqual(["a.csv"]);
  });

  it("names a file that replaced one of its name", () => {
    const again = addFiles(both, [new File(["A"], "a.csv")], {});
    expect(namesOf("added", both, again)).toEqual(["a.csv"]);
  });

  it("reads every file again, also those that could not be read", () => {
    const shelf = {
      sources: both.sources.slice(0, 1),
      refused: both.sources.slice(1),
      answers: {},
    };
    expect(names(wholeShelf(shelf))).toEqual(["a.csv", "b.csv"]);
    expect(wholeShelf(shelf).refused).toEqual([]);
  });
});
