import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { bindParams } from "../../src/catalog/bindParams.ts";
import { setFilter, setParam, setText } from "../../src/notebook/edits.ts";
import { segmentFilter } from "../../src/notebook/filter.ts";
import { formatNotebook } from "../../src/notebook/formatNotebook.ts";
import { cellsOf, emptyNotebook, filterOf } from "../../src/notebook/notebook.ts";
import type { Block, Notebook } from "../../src/notebook/notebook.ts";
import {
  readStarter,
  starterIds,
  starterOf,
  starterTitle,
  translateStarter,
} from "../../src/notebook/starters.ts";
import { readQueries } from "../queries/readQueries.ts";

const folder = resolve(import.meta.dirname, "../../public/notebooks");
const languages = ["en", "zh-Hans", "zh-Hant"];
/** blocks without their place in a text, which each language has of its own */
function said(blocks: readonly Block[]): Block[] {
  return blocks.map((block) => {
    const { source: _, ...own } = block;
    return own;
  });
}
const analyses = new Map(readQueries("analyses").map((query) => [query.id, query]));

it("offers every file of the folder, and each title once in a language", () => {
  const names = starterIds.flatMap((id) => languages.map((language) => `${id}.${language}.md`));
  expect(readdirSync(folder).toSorted()).toEqual(names.toSorted());
  for (const language of languages) {
    const titles = starterIds.map((id) => starterTitle(id, language));
    expect(new Set(titles).size).toBe(starterIds.length);
  }
  expect(() => readStarter("nothing", "en")).toThrow("no notebook to start from: nothing in en");
});

describe.each(starterIds)("%s", (id) => {
  const [english, ...others] = languages.map((language) => readStarter(id, language));

  it("has the same cells in every language, and prose between them", () => {
    const cells = cellsOf(english!);
    expect(cells.length).toBeGreaterThanOrEqual(5);
    const types = english!.blocks.map(({ type }) => type);
    expect(types.filter((type) => type === "prose").length).toBeGreaterThan(3);
    for (const other of others) {
      expect(said(cellsOf(other))).toEqual(said(cells));
      expect(other.blocks.map(({ type }) => type)).toEqual(types);
    }
  });

  it("asks of analyses that exist what they take", () => {
    for (const cell of cellsOf(english!)) {
      const { analysis, params } = cell.type === "analysis" ? cell : expect.fail(cell.id);
      expect([...analyses.keys()]).toContain(analysis);
      expect(() => bindParams(analyses.get(analysis)!.params, params)).not.toThrow();
    }
  });

  it("says what to do, or to discuss, in every part that has a figure", () => {
    for (const [i, language] of languages.entries()) {
      const text = readFileSync(resolve(folder, `${id}.${language}.md`), "utf8");
      expect(formatNotebook(readStarter(id, language))).toBe(text);
      const parts = text.split(/^## /m).slice(1);
      const silent = parts.filter((part) => !/^\*\*[^*]+\*\*/m.test(part));
      expect(silent.map((part) => part.split("\n")[0])).toEqual(
        // a last part may be a summary
        silent.length > 0 ? [parts.at(-1)!.split("\n")[0]] : [],
      );
      if (i > 0) expect(text.replace(/```[^`]*```/g, "")).toMatch(/[\u4e00-\u9fff]{10}/);
    }
  });

  it("is known by its title, and told in another language with what was set", () => {
    expect(starterOf(english!)).toBe(id);
    const [cell] = cellsOf(english!);
    const some = setFilter(english!, segmentFilter("channel", "x"));
    const set = setParam(some, cell!.id, "as_of", "2024-01-01");
    const told = translateStarter(set, "zh-Hant");
    expect(filterOf(told)).toEqual(segmentFilter("channel", "x"));
    expect(cellsOf(told)).toEqual(cellsOf(set));
    expect(said(told.blocks.slice(0, 1))).toEqual(said(others[1]!.blocks.slice(0, 1)));
    expect(said(translateStarter(told, "en").blocks)).toEqual(said(set.blocks));
    const written = setText(told, set.blocks[0]!.id, `# ${starterTitle(id, "zh-Hant")}\n\nmine`);
    expect(translateStarter(written, "en").blocks[0]).toBe(written.blocks[0]);
  });
});

it("leaves a document of the reader's own as it is", () => {
  const own: Notebook = {
    ...emptyNotebook,
    blocks: [{ type: "prose", id: "text-1", markdown: "# Mine" }],
  };
  expect(starterOf(own)).toBeUndefined();
  expect(translateStarter(own, "zh-Hans")).toBe(own);
  const changed = { ...own, blocks: readStarter("overview", "en").blocks.slice(0, 3) };
  expect(translateStarter(changed, "zh-Hans")).toBe(changed);
});
