import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cellsOf,
  formatNotebook,
  parseNotebook,
  setFilter,
  setParam,
  toNotebook,
} from "../../src/notebook/notebook.ts";

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
`;

describe("the document", () => {
  it("reads cells with their params, and leaves other fences to the prose", () => {
    expect(cellsOf(parseNotebook(markdown))).toEqual([
      {
        type: "analysis",
        id: "cohort-retention",
        analysis: "cohort-retention",
        params: { grain: "week", as_of: "2026-01-01", note: "two words" },
      },
      { type: "analysis", id: "cohort-retention-2", analysis: "cohort-retention", params: {} },
    ]);
  });

  it("writes what it read", () => {
    const written = formatNotebook(parseNotebook(markdown));
    expect(written).toBe(markdown);
    expect(parseNotebook(written)).toEqual(parseNotebook(markdown));
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
    ["```analysis rfm bins\n```", /invalid param; not name=value; line: 1/],
    ["\n```analysis rfm", /unclosed cell; line: 2/],
  ])("names what is wrong with %j", (text, message) => {
    expect(() => parseNotebook(text)).toThrow(message);
  });

  it("says before its first cell whom it is about", () => {
    const everybody = toNotebook("Shop", ["rfm"]);
    const some = setFilter(everybody, { by: "channel", value: 'Shop "B" 私域' });
    const written = formatNotebook(some);
    expect(written).toBe(
      '# Shop\n\n```filter channel="Shop \\"B\\" 私域"\n```\n\n```analysis rfm\n```\n',
    );
    expect(parseNotebook(written)).toEqual(some);
    expect(setFilter(some, undefined)).toEqual(everybody);
    expect(setParam(some, "rfm", "bins", 3).filter).toEqual(some.filter);
    expect(() => parseNotebook("```filter\n```")).toThrow("not one attribute=value; line: 1");
    expect(() => parseNotebook("```filter a=1 b=2\n```")).toThrow("not one attribute=value");
    expect(() => parseNotebook("```filter a=1\n```\n```filter a=2\n```")).toThrow(
      "second filter; line: 3",
    );
  });

  it("keeps every value of a param through its text", () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    fc.assert(
      fc.property(value, (param) => {
        const cell = setParam(toNotebook("Shop", ["rfm"]), "rfm", "by", param);
        expect(cellsOf(parseNotebook(formatNotebook(cell)))[0]?.params).toEqual({ by: param });
      }),
    );
  });
});
