import { expect, it } from "vitest";
import { bindParams } from "../../src/catalog/bindParams.ts";
import type { Param, ParamType } from "../../src/catalog/query.ts";

const param = (name: string, type: ParamType, choices: string[] = []): Param => ({
  name,
  type,
  choices,
  default: null,
  label: { en: name },
  note: { en: "" },
});
const params = [
  param("grain", "choice", ["month", "year"]),
  param("n", "integer"),
  param("margin", "number"),
  param("as_of", "date"),
  param("open", "flag"),
  param("edges", "text"),
];

it("leaves what is not set to the SQL", () => {
  expect(bindParams(params)).toEqual({
    grain: null,
    n: null,
    margin: null,
    as_of: null,
    open: null,
    edges: null,
  });
  expect(bindParams(params, { n: "", grain: undefined }).n).toBeNull();
});

it("reads text as the type of the param", () => {
  const values = {
    grain: "year",
    n: "12",
    margin: ".5",
    as_of: "2024-02-29",
    open: "false",
    edges: 3,
  };
  expect(bindParams(params, values)).toEqual({
    grain: "year",
    n: 12,
    margin: 0.5,
    as_of: "2024-02-29",
    open: false,
    edges: "3",
  });
  expect(bindParams(params, { as_of: new Date("2024-02-29T00:00:00Z") }).as_of).toBe("2024-02-29");
});

it.each([
  [{ nobody: 1 }, "unknown param: nobody; takes: grain, n, margin, as_of, open, edges"],
  [{ grain: "decade" }, "invalid grain; not one of month, year: decade"],
  [{ n: 1.5 }, "invalid n; not a whole number: 1.5"],
  [{ n: "1; drop table orders" }, "invalid n; not a whole number"],
  [{ n: 2 ** 31 }, "invalid n; not a whole number"],
  [{ margin: Number.NaN }, "invalid margin; not a number: NaN"],
  [{ margin: "Infinity" }, "invalid margin; not a number: Infinity"],
  [{ as_of: "2023-02-29" }, "invalid as_of; not a date, YYYY-MM-DD: 2023-02-29"],
  [{ as_of: "01/02/2024" }, "invalid as_of; not a date"],
  [{ open: 1 }, "invalid open; not true or false: 1"],
  [{ edges: "1\0" }, "invalid edges; not text"],
  [{ edges: ["1"] }, 'invalid edges; not text: ["1"]'],
])("refuses %j", (values, message) => {
  expect(() => bindParams(params, values)).toThrow(RangeError);
  expect(() => bindParams(params, values)).toThrow(message);
});

it("is not fooled by names of every object", () => {
  expect(() => bindParams(params, { constructor: 1 })).toThrow("unknown param: constructor");
  expect(bindParams([param("constructor", "integer")]).constructor).toBeNull();
});
