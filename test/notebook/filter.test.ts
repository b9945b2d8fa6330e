import fc from "fast-check";
import { expect, it } from "vitest";
import { formatFilter, parseFilter, toFilter } from "../../src/notebook/filter.ts";
import type { Filter } from "../../src/notebook/filter.ts";

it("reads values of attributes, days and a mark", () => {
  const text =
    'channel=Web channel="微信 小程序" country=FR first_from=2024-01-01 first_until=2024-06-30 until=2024-12-31 ' +
    'mark="cohort-retention grain=week" row_cohort=2024-01-01 row_k=3 row_note=null';
  const filter: Filter = {
    segments: { channel: ["Web", "微信 小程序"], country: ["FR"] },
    firstFrom: "2024-01-01",
    firstUntil: "2024-06-30",
    until: "2024-12-31",
    mark: {
      analysis: "cohort-retention",
      params: { grain: "week" },
      row: { cohort: "2024-01-01", k: 3, note: null },
    },
  };
  expect(parseFilter(text, 1)).toEqual(filter);
  expect(formatFilter(filter)).toBe(text);
});

it("keeps any filter through its text", () => {
  const name = fc
    .stringMatching(/^[a-z]{1,6}$/)
    .filter((word) => !["until", "mark"].includes(word));
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom("null", "true", "12", "a b", '"', "2024-01-01"),
  );
  const params = fc.dictionary(
    name,
    fc.oneof(
      value,
      fc.integer(),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    ),
  );
  const day = fc.constantFrom("2024-02-29", "1999-12-31");
  const filters = fc.record(
    {
      segments: fc.dictionary(name, fc.array(value, { minLength: 1, maxLength: 3 })),
      firstFrom: day,
      firstUntil: day,
      until: day,
      mark: fc.record({
        analysis: fc.constantFrom("rfm", "cohort-retention"),
        params,
        row: params,
      }),
    },
    { requiredKeys: ["segments"] },
  );
  fc.assert(
    fc.property(filters, (filter) => {
      const kept = toFilter(filter);
      fc.pre(kept !== undefined);
      expect(parseFilter(formatFilter(kept!), 1)).toEqual(kept);
    }),
  );
});

it("is none when it leaves nobody out", () => {
  expect(toFilter({ segments: {} })).toBeUndefined();
  expect(toFilter({ segments: { channel: [] } })).toBeUndefined();
  expect(toFilter({ segments: { channel: [], country: ["FR"] }, until: "2024-01-01" })).toEqual({
    segments: { country: ["FR"] },
    until: "2024-01-01",
  });
});
