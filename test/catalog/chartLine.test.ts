import { expect, it } from "vitest";
import { isNameable, setChart } from "../../src/catalog/chartLine.ts";
import { fileOf } from "../../src/catalog/queries.ts";
import { readerQuery } from "../../src/catalog/readerQuery.ts";

const bars = { kind: "bars", channels: { x: "a", y: "b" } };
const chartsOf = (text: string) => readerQuery("q", text).charts;

it("writes a chart above the SQL, after the front matter there is", () => {
  expect(setChart("select 1", 0, bars)).toBe("-- chart: bars x=a y=b\nselect 1");
  expect(setChart("-- title: T\n--   more\n-- mine\nselect 1", 0, bars)).toBe(
    "-- title: T\n--   more\n-- chart: bars x=a y=b\n-- mine\nselect 1",
  );
  expect(setChart("", 0, bars)).toBe("-- chart: bars x=a y=b\n");
});

it("replaces the one of its place and keeps its titles", () => {
  const text =
    "-- chart: lines x=a y=b\n--   lower=c -- One\n-- chart.zh-Hans: 一\n-- chart: bars x=a y=c -- Two\nselect 1";
  const changed = setChart(text, 0, bars);
  expect(changed).toBe(
    "-- chart: bars x=a y=b -- One\n-- chart.zh-Hans: 一\n-- chart: bars x=a y=c -- Two\nselect 1",
  );
  expect(setChart(changed, 1, undefined)).toBe(
    "-- chart: bars x=a y=b -- One\n-- chart.zh-Hans: 一\nselect 1",
  );
  expect(setChart(changed, 0, undefined)).toBe("-- chart: bars x=a y=c -- Two\nselect 1");
  expect(setChart("select 1", 0, undefined)).toBe("select 1");
});

it("names columns however they are called", () => {
  const channels = { x: "下单月", y: 'a "b" c', n: "count(*)" };
  const text = setChart("select 1", 0, { kind: "bars", channels });
  expect(text).toBe('-- chart: bars x=下单月 y="a ""b"" c" n="count(*)"\nselect 1');
  expect(chartsOf(text)).toMatchObject([{ kind: "bars", channels }]);
  expect(["a", "a b", "甲", "a -- b", "a\nb", ""].map(isNameable)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

it("leaves the SQL and all else of an analysis's file as it is", () => {
  const file = fileOf({ folder: "analyses", id: "clv-forecast" });
  const before = readerQuery("q", file);
  expect(before.charts.length).toBe(3);
  const after = readerQuery("q", setChart(file, 1, bars));
  expect(after.charts[1]).toEqual({ ...before.charts[1], ...bars });
  expect({ ...after, charts: before.charts }).toEqual(before);
  expect(readerQuery("q", setChart(file, 2, undefined)).charts).toEqual(before.charts.slice(0, 2));
});

it("is not led astray by a comment that looks like a chart", () => {
  const text = "select 1\n-- chart: bars x=a y=b";
  expect(setChart(text, 0, undefined)).toBe(text);
});
