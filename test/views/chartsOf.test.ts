import { expect, it } from "vitest";
import { parseQuery } from "../../src/catalog/parseQuery.ts";
import { chartsOf } from "../../src/views/chartsOf.ts";

const query = parseQuery(
  "queries/analyses/a.sql",
  `-- title: A
-- column: week number
-- column: x count
-- column: mean number
-- chart: lines x=week y=mean -- By week
-- chart: lines x=x y=mean -- By frequency
-- chart: table
select 1;
`,
);
const table = (...names: string[]) => ({
  getChild: (name: string) => (names.includes(name) ? { length: 3, nullCount: 1 } : null),
});

it("offers the charts whose columns the result has, and all of them before there is one", () => {
  const titles = (...names: string[]) =>
    chartsOf(query, names.length > 0 ? table(...names) : undefined).map(({ title }) => title.en);
  expect(titles()).toEqual(["By week", "By frequency"]);
  expect(titles("week", "x", "mean")).toEqual(["By week", "By frequency"]);
  expect(titles("x", "mean")).toEqual(["By frequency"]);
  expect(titles("mean")).toEqual([]);
});

it("holds back what nothing is known of, where something else can be drawn", () => {
  const titles = (...blank: string[]) =>
    chartsOf(query, {
      getChild: (name: string) => ({ length: 3, nullCount: blank.includes(name) ? 3 : 0 }),
    }).map(({ title }) => title.en);
  expect(titles("week")).toEqual(["By frequency"]);
  expect(titles("x")).toEqual(["By week"]);
  expect(titles("mean")).toEqual(["By week", "By frequency"]);
});
