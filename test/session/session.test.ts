import { describe, expect, it } from "vitest";
import { toTable } from "../../src/engine/toTable.ts";
import type { FileReport, Question } from "../../src/intake/report.ts";
import { toMoney } from "../../src/session/buildReport.ts";
import { openQuestions } from "../../src/session/openQuestions.ts";
import { rejectsCsv } from "../../src/session/rejectsCsv.ts";
import { toLocale } from "../../src/session/toLocale.ts";
import { toRows } from "../../src/session/toRows.ts";

it.each([
  ["244091.9400", "244091.94"],
  ["8911407.9040", "8911407.904"],
  ["60.0000", "60.00"],
  ["0", "0.00"],
  ["-27.5000", "-27.50"],
])("writes %s as %s", (decimal, money) => {
  expect(toMoney(decimal)).toBe(money);
});

it.each([
  [["zh-TW", "en"], "zh-Hant"],
  [["zh-HK"], "zh-Hant"],
  [["zh-CN"], "zh-Hans"],
  [["zh"], "zh-Hans"],
  [["de-DE", "zh-Hant", "en"], "zh-Hant"],
  [["fr"], "en"],
  [[], "en"],
])("reads %j as %s", (languages, locale) => {
  expect(toLocale(languages)).toBe(locale);
});

describe("questions", () => {
  const ask = (name: string, guess: string) => ({
    report: {
      name,
      questions: [{ id: "currency", question: "?", options: ["USD", "CNY"], guess } as Question],
    } as FileReport,
  });

  it("are asked once where files ask the same with the same guess", () => {
    const open = openQuestions([ask("a.csv", "USD"), ask("b.csv", "USD")]);
    expect(open.map(({ id }) => id)).toEqual(["currency"]);
  });

  it("are asked for each file where the guesses differ", () => {
    const open = openQuestions([ask("a.csv", "USD"), ask("b.csv", "CNY")]);
    expect(open.map(({ id }) => id)).toEqual(["a.csv:currency", "b.csv:currency"]);
  });
});

it("gives results as plain records, with null for what is not there or no number", () => {
  const table = toTable([
    { name: "model", type: "text", values: ["nbd", null] },
    { name: "estimate", type: "number", values: Float64Array.of(0.5, Number.NaN) },
  ]);
  expect(toRows(table)).toEqual([
    { model: "nbd", estimate: 0.5 },
    { model: null, estimate: null },
  ]);
});

it("writes rejected rows so that none runs as a formula", async () => {
  const rejects = [{ line: 7, column: "amount", value: '=1+"2"', error: "amount" }];
  const text = await rejectsCsv([{ report: { name: "a,b.csv", rejects } as FileReport }]).text();
  expect(text).toBe(`file,line,column,value,error\r\n"a,b.csv",7,amount,"'=1+""2""",amount\r\n`);
});

it("keeps a column whose name an object would take for something else", () => {
  const [row] = toRows(toTable([{ name: "__proto__", type: "text", values: ["a"] }]));
  expect(Object.entries(row!)).toEqual([["__proto__", "a"]]);
});
