import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { formatNotebook } from "../../src/notebook/formatNotebook.ts";
import { currentVersion } from "../../src/notebook/notebook.ts";
import { parseNotebook } from "../../src/notebook/parseNotebook.ts";

const text = readFileSync(resolve(import.meta.dirname, "../../src/notebook/README.md"), "utf8");

it("shows a notebook of today's version that reads as it says", () => {
  const example = /````md\n([\s\S]*?)````/.exec(text)![1]!;
  const notebook = parseNotebook(example);
  expect(notebook.version).toBe(currentVersion);
  expect(notebook.blocks.map(({ type, id }) => `${type} ${id}`)).toEqual([
    "prose text-1",
    "filter filter",
    "analysis cohort-retention",
    "analysis by-month",
    "sql by_day",
    "sql best",
    "file file",
  ]);
  expect(formatNotebook(notebook)).toBe(example);
});
