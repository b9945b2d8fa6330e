import { expect, it } from "vitest";
import { parseNotebook, toNotebook } from "../../src/notebook/notebook.ts";
import { sectionsOf } from "../../src/views/sectionsOf.ts";

const groups = {
  of: ({ analysis }: { analysis: string }) => (analysis === "overview" ? "data" : "value"),
  title: (name: string) => `the ${name}`,
};

it("tells the cells of a notebook without prose by their groups", () => {
  const sections = sectionsOf(toNotebook("Shop", ["rfm", "overview", "pareto"]), groups);
  expect(sections.map(({ id, title, cells }) => [id, title, cells.map((cell) => cell.id)])).toEqual(
    [
      ["data", "the data", ["overview"]],
      ["value", "the value", ["rfm", "pareto"]],
    ],
  );
});

it("tells a document by its headings, with every block in its place", () => {
  const text =
    "# T\n\nintro\n\n```analysis rfm\n```\n\nafter\n\n## Two\n\n```analysis rfm\n```\n\n```analysis pareto\n```\n";
  const notebook = parseNotebook(text);
  const sections = sectionsOf(notebook, groups);
  expect(sections.flatMap(({ blocks }) => blocks)).toEqual(notebook.blocks);
  expect(sections.map(({ id, title, cells }) => [id, title, cells.map((cell) => cell.id)])).toEqual(
    [
      ["part-1", "T", ["rfm"]],
      ["part-2", "Two", ["rfm-2", "pareto"]],
    ],
  );
  const untitled = sectionsOf(parseNotebook("```analysis rfm\n```\n\nwords\n"), groups);
  expect(untitled.map(({ title, isTitled, blocks }) => [title, isTitled, blocks.length])).toEqual([
    ["", false, 2],
  ]);
});
