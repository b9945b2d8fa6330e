import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultPlace, withoutExcerpt } from "../../src/catalog/faultPlace.ts";
import { checkReads, readerQuery, withTables } from "../../src/catalog/readerQuery.ts";
import { EngineError } from "../../src/engine/engine.ts";
import { toEngineError } from "../../src/engine/toEngineError.ts";
import { bothEngines } from "../queries/bothEngines.ts";
import type { Runner } from "../queries/runner.ts";

const long = Array.from({ length: 30 }, (_, i) => `${i} as "column ${i} 列"`).join(", ");

/** What goes wrong stands between « and ». */
const faults: string[] = [
  "select «nope» from t",
  "-- title: T\n-- param: n integer = 3\n-- chart: bars x=i y=j\nselect i,\n  «nope»\nfrom t\n",
  "-- a comment\n\nselect i\nfrom «nowhere»;\n-- the end",
  "select i from t\nwhere i > 1 group «i»",
  "select '中文字', \"列\", «nope» as 甲 from (select 1 as 列) t",
  "select '😀', «nope» from t",
  "select\ti,\t«nope» from t",
  "select «foo»(i) from t",
  `select ${long}, «nope», ${long} from t`,
  `select ${long}, «nope» from t`,
  "select i from t where «>» 3",
  "select «'never closed»\nfrom t",
  "select count(*) as n,\n  max(i) as\nfrom «t»",
  "select i from t «where»",
  "with a as (\n  select i from t\n),\nb as (\n  select «j» from a\n)\nselect * from b",
  "select «nope», (select 1 as nope) as nope_2 from t",
];

describe.each(bothEngines)("an error of the %s engine", (_, open) => {
  let engine: Runner;
  beforeAll(async () => {
    engine = await open();
    await engine.run("create table t as select i from range(3) r(i)");
  });
  afterAll(() => engine.close());

  it.each(faults)("has its place in: %s", async (marked) => {
    const text = marked.replace(/[«»]/g, "");
    const tables = ['"other" as (select 1 as nope)', "t as (\n  select 1 as i\n)"];
    for (const over of [[], tables]) {
      const sent = withTables(readerQuery("q", text).sql, over);
      const error = await engine.read(sent).then(
        () => undefined,
        (cause: unknown) => toEngineError(cause, sent),
      );
      const place = faultPlace(text, error);
      expect(
        place &&
          `${text.slice(0, place.from)}«${text.slice(place.from, place.to)}»${text.slice(place.to)}`,
      ).toBe(marked);
      expect(withoutExcerpt(error?.message ?? "")).toMatch(/^\w+ Error: [^]*\S$/);
      expect(withoutExcerpt(error?.message ?? "")).not.toContain("LINE");
    }
  });
});

it.each([
  ["«drop» table t", "-- title: T\n"],
  ["select 1; «drop» table t", "-- title: T\n-- chart: bars x=a\n"],
])("of a statement that is refused is its word: %s", (marked, front) => {
  const text = front + marked.replace(/[«»]/g, "");
  try {
    checkReads(readerQuery("q", text));
    expect.unreachable();
  } catch (error) {
    const { from, to } = faultPlace(text, error)!;
    expect(text.slice(from, to)).toBe("drop");
  }
});

it("of front matter is its line", () => {
  const text = "-- title: T\n-- param: n whole = 3\nselect 1";
  try {
    readerQuery("q", text);
    expect.unreachable();
  } catch (error) {
    const { from, to } = faultPlace(text, error)!;
    expect(text.slice(from, to)).toBe("-- param: n whole = 3");
  }
});

it("is not guessed where the error does not say it", () => {
  expect(faultPlace("select 1", new Error("Out of Range Error: too large"))).toBeUndefined();
  expect(faultPlace("select 1", "text")).toBeUndefined();
  const elsewhere = new EngineError(
    "query",
    "Binder Error: x\n\nLINE 1: select 2\n               ^",
    {
      sql: "select 2",
    },
  );
  expect(faultPlace("select 1", elsewhere)).toBeUndefined();
  expect(faultPlace("", elsewhere)).toBeUndefined();
});
