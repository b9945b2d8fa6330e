import { Bool, DateDay, Float64, Int64, Table, Utf8, vectorFromArray } from "apache-arrow";
import { expect, it } from "vitest";
import type { ChartInput } from "../../src/charts/chart.ts";
import { flagsOf, maybeField, needField, toField } from "../../src/charts/fields.ts";
import { smallOf, tellRow } from "../../src/charts/tell.ts";
import { text } from "../../src/words/words.ts";

const table = new Table({
  cohort: vectorFromArray(
    [new Date(Date.UTC(2024, 0, 1)), new Date(Date.UTC(2024, 1, 1)), null],
    new DateDay(),
  ),
  customers: vectorFromArray([1200n, 12n, null], new Int64()),
  retention: vectorFromArray([0.25, null, 0.5], new Float64()),
  reason: vectorFromArray(["unpaid", "<b>VIP</b>", null], new Utf8()),
  is_complete: vectorFromArray([true, false, null], new Bool()),
});

const input: ChartInput = {
  table,
  columns: [
    { name: "cohort", type: "date", label: "同期群" },
    { name: "customers", type: "count", label: "客户数" },
    { name: "retention", type: "share", label: "留存率" },
    { name: "reason", type: "text", label: "原因" },
  ],
  channels: { x: "cohort", n: "customers", fill: "nothing" },
  title: "",
  width: 600,
  dark: false,
  locale: "zh-Hans",
  currency: null,
  params: {},
  word: (key) => text("zh-Hans", key),
};

it("reads days, big integers and flags as numbers, null as NaN", () => {
  expect([...toField(input, "cohort").numbers]).toEqual([
    Date.UTC(2024, 0, 1),
    Date.UTC(2024, 1, 1),
    Number.NaN,
  ]);
  expect([...toField(input, "customers").numbers]).toEqual([1200, 12, Number.NaN]);
  expect([...flagsOf(toField(input, "is_complete"), 3)]).toEqual([1, 0, 1]);
  expect([...flagsOf(undefined, 2)]).toEqual([1, 1]);
});

it("says values in the reader's language, by type and by code, and leaves foreign text as it is", () => {
  expect(toField(input, "cohort").say(1)).toBe("2024年2月");
  expect(toField(input, "retention").say(0)).toBe("25.0%");
  expect(toField(input, "retention").say(1)).toBe("–");
  const reason = toField(input, "reason");
  expect([0, 1, 2].map((i) => reason.say(i))).toEqual(["未付款", "<b>VIP</b>", "–"]);
  expect(toField({ ...input, values: { unpaid: "待付款" } }, "reason").say(0)).toBe("待付款");
});

it("says what a channel lacks", () => {
  expect(maybeField(input, "y")).toBeUndefined();
  expect(() => needField(input, "y")).toThrow("missing channel: y");
  expect(() => needField(input, "fill")).toThrow("missing column: nothing");
});

it("tells the value, its interval, its base and what is not over, and fades small bases", () => {
  const [value, n] = [toField(input, "retention"), toField(input, "customers")];
  const complete = flagsOf(toField(input, "is_complete"), 3);
  expect(tellRow(input, { value, lower: value, upper: value, n, complete }, 0)).toEqual([
    "留存率：25.0%",
    "95% 区间 25.0% 至 25.0%",
    "客户数：1,200",
  ]);
  expect(tellRow(input, { value, n, complete }, 1)).toEqual([
    "留存率：–",
    "客户数：12",
    "周期尚未结束",
  ]);
  expect([...smallOf(n, 3)]).toEqual([0, 1, 0]);
});
