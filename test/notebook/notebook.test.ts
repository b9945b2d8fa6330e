import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as edits from "../../src/notebook/edits.ts";
import { segmentFilter } from "../../src/notebook/filter.ts";
import { formatNotebook } from "../../src/notebook/formatNotebook.ts";
import {
  cellsOf,
  currentVersion,
  filterOf,
  isNewer,
  toNotebook,
} from "../../src/notebook/notebook.ts";
import type { Block, Notebook } from "../../src/notebook/notebook.ts";
import { parseNotebook } from "../../src/notebook/parseNotebook.ts";

const { setFilter, setParam, setText } = edits;

const markdown = `# Spring study

Some prose, with a quoted fence:

~~~md
\`\`\`analysis not-a-cell
\`\`\`
~~~

\`\`\`analysis cohort-retention grain=week as_of=2026-01-01 note="two words"
\`\`\`

\`\`\`analysis cohort-retention
\`\`\`

\`\`\`sql
select 1;
\`\`\`

\`\`\`sql 周报 folded 粒度=周
-- chart: bars x=a y=b

select 1 as a
\`\`\`
`;

function bare(block: Block): Block {
  const { source: _, ...own } = block;
  return own;
}
const cellsIn = (notebook: Notebook) => cellsOf(notebook).map(bare);
const idsOf = (notebook: Notebook) => notebook.blocks.map(({ id }) => id);
const again = (notebook: Notebook) => parseNotebook(formatNotebook(notebook));

describe("the document", () => {
  it("reads cells with their params, and leaves other fences to the prose", () => {
    expect(cellsIn(parseNotebook(markdown))).toEqual([
      {
        type: "analysis",
        id: "cohort-retention",
        analysis: "cohort-retention",
        params: { grain: "week", as_of: "2026-01-01", note: "two words" },
      },
      { type: "analysis", id: "cohort-retention-2", analysis: "cohort-retention", params: {} },
      {
        type: "sql",
        id: "周报",
        sql: "-- chart: bars x=a y=b\n\nselect 1 as a",
        params: { 粒度: "周" },
        isFolded: true,
      },
    ]);
  });

  it("writes what it read, byte for byte", () => {
    for (const text of [
      markdown,
      markdown.replaceAll("\n", "\r\n"),
      `\uFEFF\n\n${markdown}\n \n`,
    ]) {
      expect(formatNotebook(parseNotebook(text))).toBe(text);
      expect(cellsIn(parseNotebook(text))).toEqual(cellsIn(parseNotebook(markdown)));
    }
  });

  it("writes what was edited with the line ends of the rest", () => {
    for (const end of ["\r\n", "\r"]) {
      const own = (text: string) => text.replaceAll("\n", end);
      const edited = setText(parseNotebook(own(markdown)), "周报", "select 1\n  as b");
      expect(formatNotebook(edited)).toBe(
        own(formatNotebook(setText(parseNotebook(markdown), "周报", "select 1\n  as b"))),
      );
      expect(cellsIn(parseNotebook(formatNotebook(edited)))).toEqual(cellsIn(edited));
    }
  });

  it("writes any text that it can read, byte for byte", () => {
    const piece = fc.constantFrom(
      ..."# 题|\n|\r\n|\r|\n\n|```|~~~|````|analysis rfm|sql q|sql|filter a=1|```sql q_2\nselect 1\n```\n|```analysis pareto #x\n```|\uFEFF|<!-- perennial 2 -->|<!-- perennial 9 -->\n|  |* words *|```new kind\n".split(
        "|",
      ),
    );
    let read = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join("");
        let notebook: Notebook;
        try {
          notebook = parseNotebook(text);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
          expect(isNewer(parseNotebook(`<!-- perennial 9 -->\n${text}`))).toBe(true);
          return;
        }
        read += 1;
        expect(formatNotebook(notebook)).toBe(text);
        expect(new Set(idsOf(notebook)).size).toBe(notebook.blocks.length);
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(1000);
  });

  it("takes a param back to its default with null, and leaves the other cells alone", () => {
    const before = toNotebook("Shop", ["rfm", "pareto"]);
    const set = setParam(before, "rfm", "bins", 3);
    expect(cellsOf(set)[0]?.params).toEqual({ bins: 3 });
    expect(cellsOf(set)[1]).toBe(cellsOf(before)[1]);
    expect(setParam(set, "rfm", "bins", null)).toEqual(before);
  });

  it.each([
    ["```analysis\n```", /invalid cell; no name/],
    ["```analysis rfm bins\n```", /invalid param; not name=value; line: 1: bins/],
    ["\n```analysis rfm", /unclosed cell; line: 2/],
    ["```sql two-words\n```", /invalid name; not letters, digits and _; line: 1: two-words/],
    ["```sql a\n```\n```sql a\n```", /second cell of one name; line: 3: a/],
    ['```analysis rfm a="\\x"\n```', /invalid text; line: 1/],
    ["```filter\n```", /not attribute=value; line: 1/],
    ["```filter shop a=2\n```", /not attribute=value; line: 1/],
    ["```filter until=yesterday\n```", /no day; line: 1: yesterday/],
    ['```filter mark=""\n```', /no analysis of the mark; line: 1/],
    ["```filter a=1\n```\n```filter a=2\n```", /second filter; line: 3/],
  ])("names what is wrong with %j", (text, message) => {
    expect(() => parseNotebook(text)).toThrow(message);
  });

  it("says before its first cell whom it is about", () => {
    const everybody = toNotebook("Shop", ["rfm"]);
    const some = setFilter(everybody, segmentFilter("channel", 'Shop "B" 私域'));
    const written = formatNotebook(some);
    expect(written).toBe(
      `<!-- perennial ${currentVersion} -->\n\n# Shop\n\n\`\`\`filter channel="Shop \\"B\\" 私域"\n\`\`\`\n\n\`\`\`analysis rfm\n\`\`\`\n`,
    );
    expect(parseNotebook(written).blocks.map(bare)).toEqual(some.blocks);
    expect(setFilter(some, undefined)).toEqual(everybody);
    expect(filterOf(setParam(some, "rfm", "bins", 3))).toEqual(filterOf(some));
  });

  it("keeps every value of a param through its text", () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    fc.assert(
      fc.property(value, (param) => {
        const cell = setParam(toNotebook("Shop", ["rfm"]), "rfm", "by", param);
        expect(cellsOf(again(cell))[0]?.params).toEqual({ by: param });
      }),
    );
  });
});

describe("versions", () => {
  it("takes a document without a mark for one of the first, and marks it when it is edited", () => {
    const old = parseNotebook(markdown);
    expect(old.version).toBe(1);
    const edited = edits.removeBlock(old, "cohort-retention");
    expect(edited.version).toBe(currentVersion);
    const written = formatNotebook(edited);
    expect(written.startsWith(`<!-- perennial ${currentVersion} -->\n\n# Spring study`)).toBe(true);
    // what it was called by its place alone stays its name
    expect(written).toContain("```analysis cohort-retention #cohort-retention-2\n```");
    expect(idsOf(again(edited))).toEqual(idsOf(edited));
  });

  it("shows a document of a later version as it is, whatever it says", () => {
    const text = `<!-- perennial ${currentVersion + 1} -->\n# Later\n\n\`\`\`analysis rfm 3d!\n\`\`\`\n\n\`\`\`globe a=b\nx\n\`\`\`\n\n\`\`\`analysis pareto\n\`\`\`\n`;
    const later = parseNotebook(text);
    expect(isNewer(later)).toBe(true);
    expect(cellsOf(later).map(({ id }) => id)).toEqual(["pareto"]);
    expect(formatNotebook(later)).toBe(text);
  });
});

describe("edits", () => {
  const text =
    "# T\n\n\n```analysis   rfm\n```\nwords\n\n```sql q\nselect 1\n```\n\n```filter a=1\n```\n\n```analysis rfm\n```\n";
  const notebook = parseNotebook(text);

  it("leave the text of what they do not touch", () => {
    const written = formatNotebook(edits.setText(notebook, "q", "select 2"));
    expect(written).toContain("# T\n\n\n```analysis   rfm\n```\nwords\n\n```sql q\nselect 2\n```");
    expect(formatNotebook(notebook)).toBe(text);
  });

  it("move a block past another, and never count the filter as one", () => {
    expect(idsOf(edits.moveBlock(notebook, "rfm-2", -1))).toEqual([
      "text-1",
      "rfm",
      "text-1-2",
      "rfm-2",
      "q",
      "filter",
    ]);
    expect(edits.moveBlock(notebook, "rfm-2", 1)).toBe(notebook);
    expect(edits.moveBlock(notebook, "text-1", -1)).toBe(notebook);
    const there = edits.moveBlock(notebook, "q", -1);
    expect(idsOf(edits.moveBlock(there, "q", 1))).toEqual(idsOf(notebook));
  });

  it("make one text of two that come to stand together", () => {
    const joined = edits.removeBlock(notebook, "rfm");
    expect(joined.blocks[0]).toEqual({ type: "prose", id: "text-1", markdown: "# T\n\nwords" });
  });

  it("give a copy a name of its own", () => {
    expect(idsOf(edits.duplicateCell(notebook, "q"))).toContain("q_2");
    expect(idsOf(edits.duplicateCell(notebook, "rfm")).slice(1, 3)).toEqual(["rfm", "rfm-3"]);
    expect(edits.duplicateCell(notebook, "text-1")).toBe(notebook);
  });

  it.each(["\n", "\r\n"])("leave a line before what is added, where lines end with %j", (end) => {
    const tight = "# T\n\n```analysis rfm\n```\n```analysis pareto\n```\n";
    const doc = parseNotebook(
      `<!-- perennial ${currentVersion} -->\n${tight}`.replaceAll("\n", end),
    );
    const written = (after?: string) => {
      const cell: Block = { type: "sql", id: "more", sql: "select 2", params: {} };
      return formatNotebook(edits.insertBlock(doc, cell, after)).replaceAll(end, "\n");
    };
    const more = "```sql more\nselect 2\n```\n";
    expect(written()).toContain(`${tight}\n${more}`);
    expect(written("rfm")).toContain(`analysis rfm\n\`\`\`\n\n${more}\n\`\`\`analysis pareto`);
  });

  it("rename a cell of SQL to a name that is free", () => {
    expect(idsOf(edits.renameCell(notebook, "q", "周报"))).toContain("周报");
    expect(() => edits.renameCell(notebook, "q", "two words")).toThrow("invalid name");
    expect(() => edits.renameCell(notebook, "q", "rfm")).toThrow("name is taken: rfm");
  });

  it("take out prose without text, and fold and unfold", () => {
    expect(idsOf(edits.setText(notebook, "text-1-2", " \n"))).not.toContain("text-1-2");
    const folded = edits.setFolded(notebook, "rfm", true);
    expect(formatNotebook(folded)).toContain("```analysis rfm folded\n```");
    expect(cellsIn(edits.setFolded(folded, "rfm", false))).toEqual(cellsIn(notebook));
  });

  it("put what a text holds into a fence that it does not close", () => {
    const sql = "select '\n```\n' as a";
    expect(cellsOf(again(edits.setText(notebook, "q", sql)))[1]).toMatchObject({ id: "q", sql });
  });

  it("of any kind and number come back from their text", () => {
    const edit = fc.tuple(
      fc.constantFrom("move", "remove", "copy", "fold", "param", "text", "filter", "insert"),
      fc.nat(8),
      fc.constantFrom(-1, 1),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (list) => {
        const last = list.reduce((doc, [kind, at, by]) => {
          const id = doc.blocks[at % Math.max(1, doc.blocks.length)]?.id ?? "";
          if (kind === "move") return edits.moveBlock(doc, id, by as -1 | 1);
          if (kind === "remove") return edits.removeBlock(doc, id);
          if (kind === "copy") return edits.duplicateCell(doc, id);
          if (kind === "fold") return edits.setFolded(doc, id, by > 0);
          if (kind === "param") return setParam(doc, id, "a", by);
          if (kind === "text") return edits.setText(doc, id, by > 0 ? "select 3" : "");
          if (kind === "filter")
            return setFilter(doc, by > 0 ? segmentFilter("c", "x") : undefined);
          const cell = { type: "analysis", id: `n${at}`, analysis: "rfm", params: {} } as const;
          return idsOf(doc).includes(cell.id)
            ? doc
            : edits.insertBlock(doc, cell, by > 0 ? id : null);
        }, notebook);
        expect(again(last).blocks.map(bare)).toEqual(
          last.blocks.map((block) => expect.objectContaining(withoutProseId(block)) as Block),
        );
      }),
      { numRuns: 500 },
    );
  });

  function withoutProseId(block: Block): object {
    const { source: _, ...rest } = block;
    if (rest.type !== "prose") return rest;
    return { type: rest.type, markdown: rest.markdown };
  }
});
