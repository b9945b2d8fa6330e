import { expect, it } from "vitest";
import { parseQuery } from "../../src/catalog/parseQuery.ts";
import { fileOf, queries } from "../../src/catalog/queries.ts";
import { forkText } from "../../src/session/forkText.ts";

it("names every fork apart from its analysis and from its other forks, in each language", () => {
  const analyses = queries.filter(({ folder }) => folder === "analyses");
  expect(analyses.length).toBeGreaterThan(30);
  for (const query of analyses) {
    const [first, third] = [1, 3].map((place) =>
      parseQuery("cells/fork.sql", forkText(fileOf(query), place)),
    );
    expect(first!.title).toEqual({
      en: `${query.title.en}, SQL`,
      "zh-Hans": `${query.title["zh-Hans"]}（SQL）`,
      "zh-Hant": `${query.title["zh-Hant"]}（SQL）`,
    });
    expect(third!.title.en).toBe(`${query.title.en}, SQL 3`);
    expect(`${first!.sql.trimEnd()};`).toBe(query.sql.trim());
    expect(first!.definition).toEqual(query.definition);
  }
});
