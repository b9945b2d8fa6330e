import { expect, it } from "vitest";
import { queries } from "../../src/catalog/queries.ts";
import { sqlTokens } from "../../src/views/sqlTokens.ts";

it("tells keywords, text, numbers and comments apart", () => {
  const tokens = sqlTokens("select 'it''s' as a, 1.5 -- select\nfrom \"select\"");
  expect(tokens.filter(({ kind }) => kind !== "plain")).toEqual([
    { kind: "word", text: "select" },
    { kind: "text", text: "'it''s'" },
    { kind: "word", text: "as" },
    { kind: "number", text: "1.5" },
    { kind: "comment", text: "-- select" },
    { kind: "word", text: "from" },
    { kind: "text", text: '"select"' },
  ]);
});

it("loses nothing of any prebuilt query, nor of a text cut off in a string", () => {
  for (const sql of [...queries.map((query) => query.sql), "select 'open", ""]) {
    expect(
      sqlTokens(sql)
        .map(({ text }) => text)
        .join(""),
    ).toBe(sql);
  }
});
