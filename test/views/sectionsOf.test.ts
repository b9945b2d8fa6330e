import { expect, it } from "vitest";
import { parseNotebook } from "../../src/notebook/parseNotebook.ts";
import { sectionsOf } from "../../src/views/sectionsOf.ts";

it("tells a document by its headings, with every block in its place", () => {
  const text =
    "# T\n\nintro\n\n```analysis rfm\n```\n\nafter\n\n## Two\n\n```analysis rfm\n```\n\n```analysis pareto\n```\n";
  const notebook = parseNotebook(text);
  const sections = sectionsOf(notebook);
  expect(sections.flatMap(({ blocks }) => blocks)).toEqual(notebook.blocks);
  expect(sections.map(({ id, title, cells }) => [id, title, cells.map((cell) => cell.id)])).toEqual(
    [
      ["part-1", "T", ["rfm"]],
      ["part-2", "Two", ["rfm-2", "pareto"]],
    ],
  );
  const untitled = sectionsOf(parseNotebook("```analysis rfm\n```\n\nwords\n"));
  expect(untitled.map(({ title, blocks }) => [title, blocks.length])).toEqual([["", 2]]);
  const filtered = sectionsOf(parseNotebook("```filter a=b\n```\n\n# T\n"));
  expect(filtered.map(({ title, blocks }) => [title, blocks.length])).toEqual([["T", 1]]);
});
