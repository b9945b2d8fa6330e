import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distinctOf } from "../../src/models/distinctOf.ts";

const numbers = {
  few: fc.integer({ min: 0, max: 3 }),
  whole: fc.maxSafeNat(),
  any: fc.double({ min: 0, noNaN: true }),
};

describe.each(Object.entries(numbers))("%s numbers", (_, number) => {
  it("each have a place among the distinct ones, which ascend", () => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 300 }), (values) => {
        const { distinct, places } = distinctOf(values);
        expect([...distinct]).toEqual([...new Set(values.map((v) => v + 0))].sort((a, b) => a - b));
        expect(Array.from(places, (place) => distinct[place])).toEqual(values.map((v) => v + 0));
      }),
    );
  });
});

it.each([[[1, NaN]], [[0, -1]]])(
  "has no place for what is no number of 0 or more: %s",
  (values) => {
    expect(() => distinctOf(values)).toThrow("no number of 0 or more in row 1");
  },
);

it("leaves the column as it is", () => {
  const values = Float64Array.of(3, 1, 2);
  distinctOf(values);
  expect([...values]).toEqual([3, 1, 2]);
});
