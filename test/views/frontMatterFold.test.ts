import { expect, it } from "vitest";
import { fileOf, queries } from "../../src/catalog/queries.ts";
import { frontMatterFold } from "../../src/views/frontMatterFold.ts";

it("folds all of a long front matter but its title, and none of the SQL", () => {
  const text = `${Array.from({ length: 9 }, (_, i) => `-- line: ${i}\n`).join("")}\nselect 1 -- x`;
  const { from, to } = frontMatterFold(text)!;
  expect(text.slice(0, from) + text.slice(to)).toBe("-- line: 0\n\nselect 1 -- x");
});

it("leaves alone what is short, what has no SQL after it, and SQL without front matter", () => {
  expect(frontMatterFold("-- a\n-- b\nselect 1")).toBeUndefined();
  expect(frontMatterFold("-- a\n".repeat(9))).toBeUndefined();
  expect(frontMatterFold("select 1\n" + "-- a\n".repeat(9) + "from x")).toBeUndefined();
  expect(frontMatterFold("")).toBeUndefined();
});

it("leaves the SQL of every prebuilt analysis in sight", () => {
  const analyses = queries.filter(({ folder }) => folder === "analyses");
  expect(analyses.length).toBeGreaterThan(30);
  for (const query of analyses) {
    const text = fileOf(query);
    const { from, to } = frontMatterFold(text)!;
    expect(text.slice(0, from)).toMatch(/^-- title: [^\n]+$/);
    expect(text.slice(to).trimStart()).toMatch(/^(with|select|from)\b/);
  }
});
