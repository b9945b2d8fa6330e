import { expect, it } from "vitest";
import type { Example } from "../../src/session/readExamples.ts";
import { exampleTexts } from "../../src/views/exampleTexts.ts";
import { text } from "../../src/words/words.ts";

const english = {
  locale: "en" as const,
  text: (key: string, values?: Record<string, string | number>) => text("en", key, values),
};

function time(value: string, reading: string | null): Example {
  return { text: value, type: "time", reading };
}

function number(value: string, reading: string | null): Example {
  return { text: value, type: "number", reading };
}

it("shows what a time and an amount were read as", () => {
  const said = exampleTexts(english, {
    ordered_at: time("03.04.2024 14:05", "2024-04-03 14:05:00"),
    amount: number("1.234,50", "1234.5000"),
  });
  expect([...said]).toEqual([
    ["ordered_at", "03.04.2024 14:05 → Apr 3, 2024, 14:05"],
    ["amount", "1.234,50 → 1,234.50"],
  ]);
});

it("leaves out midnight, and zeros behind the last digit", () => {
  const said = exampleTexts(english, {
    ordered_at: time("03/04/2024", "2024-04-03 00:00:00"),
    amount: number("€ 7", "7.0000"),
    refund: number("(0,125)", "-0.1250"),
  });
  expect([...said.values()]).toEqual(["03/04/2024 → Apr 3, 2024", "€ 7 → 7", "(0,125) → -0.125"]);
});

it("says nothing of a number that stands as it is written, nor twice of one form", () => {
  const said = exampleTexts(english, {
    ordered_at: time("2024-04-03", "2024-04-03 00:00:00"),
    paid_at: time("2024-05-09", "2024-05-09 00:00:00"),
    amount: number("10.00", "10.0000"),
  });
  expect([...said.keys()]).toEqual(["ordered_at"]);
});

it("says what could not be read", () => {
  const said = exampleTexts(english, { amount: number("many", null) });
  expect(said.get("amount")).toBe(`many → ${text("en", "mapping.unreadable")}`);
});
