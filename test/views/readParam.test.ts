import { expect, it } from "vitest";
import type { ParamType } from "../../src/catalog/query.ts";
import { readParam } from "../../src/views/readParam.ts";

function read(type: ParamType, raw: string | boolean): unknown {
  const reading = readParam({ type, choices: ["day", "month"] }, raw);
  return reading.ok ? reading.value : `not ${reading.why}`;
}

it.each<[ParamType, string | boolean, unknown]>([
  ["integer", " 12 ", 12],
  ["integer", "-3", -3],
  ["integer", "1.5", "not integer"],
  ["integer", "1e3", "not integer"],
  ["integer", "12345678901234567890", "not integer"],
  ["number", "0.25", 0.25],
  ["number", "1,5", "not number"],
  ["number", "Infinity", "not number"],
  ["date", "2011-12-09", "2011-12-09"],
  ["date", "2011-02-30", "not date"],
  ["date", "09/12/2011", "not date"],
  ["choice", "month", "month"],
  ["choice", "month; drop table orders", "not choice"],
  ["flag", true, true],
  ["flag", "false", false],
  ["text", " as it stands ", "as it stands"],
])("reads a %s from %j as %j", (type, raw, value) => {
  expect(read(type, raw)).toEqual(value);
});

it.each<ParamType>(["integer", "number", "date", "choice", "text"])(
  "reads an empty %s as not set",
  (type) => {
    expect(read(type, "  ")).toBeNull();
  },
);
