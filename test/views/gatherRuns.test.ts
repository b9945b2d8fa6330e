import fc from "fast-check";
import { expect, it } from "vitest";
import { gatherRuns } from "../../src/views/gatherRuns.ts";

const needOf = (block: string) => (block === "." ? undefined : block);
const runsOf = (blocks: string) =>
  gatherRuns([...blocks], needOf).map((run) => [run.blocks.join(""), run.need]);

it("gathers many that lack the same, and leaves a few as they are", () => {
  expect(runsOf("..ccccc.cc")).toEqual([
    ["..", undefined],
    ["ccccc", "c"],
    [".cc", undefined],
  ]);
  expect(runsOf("cccxxx")).toEqual([["cccxxx", undefined]]);
  expect(runsOf("ccccxxxx")).toEqual([
    ["cccc", "c"],
    ["xxxx", "x"],
  ]);
  expect(runsOf("")).toEqual([]);
});

it("keeps every block, in its place", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(".", "c", "x") }), (blocks) => {
      expect(
        runsOf(blocks)
          .map(([run]) => run)
          .join(""),
      ).toBe(blocks);
    }),
  );
});
