import { describe, expect, it } from "vitest";
import {
  fillWord,
  formatCount,
  formatDate,
  formatDuration,
  formatMoney,
  formatNumber,
  formatShare,
  formatText,
  formatValue,
  isWordKey,
  text,
} from "../../src/words/words.ts";

describe("text", () => {
  it("fills places with values, numbers as counts of the language", () => {
    expect(text("en", "import.rows", { rows: 12345 })).toBe("12,345 rows");
    expect(text("zh-Hans", "import.rows", { rows: 12345 })).toBe("12,345 行");
  });

  it("takes the form that the number asks for", () => {
    expect(text("en", "import.rows", { rows: 1 })).toBe("1 row");
    expect(text("en", "import.rows", { rows: 0 })).toBe("0 rows");
  });

  it("leaves a place without a value as it stands, also one named like an object's own property", () => {
    expect(text("en", "import.title")).toBe("Reading {file}");
    expect(fillWord("en", "{constructor}", {})).toBe("{constructor}");
  });

  it("never reads a value as a template", () => {
    expect(text("en", "import.title", { file: "{file} $& <b>" })).toBe("Reading {file} $& <b>");
  });

  it("gives an unknown key back", () => {
    expect(text("en", "no.such.key")).toBe("no.such.key");
    expect(isWordKey("toString")).toBe(false);
  });
});

describe("formats", () => {
  it("writes shares with one digit", () => {
    expect(formatShare("en", 0.23456)).toBe("23.5%");
    expect(formatShare("zh-Hant", 1, 0)).toBe("100%");
    expect(formatShare("en", Number.NaN)).toBe("–");
  });

  it("rounds money half away from zero in the digits of its currency", () => {
    expect(formatMoney("en", 1234.565, "USD")).toBe("$1,234.57");
    expect(formatMoney("en", -0.125, "EUR")).toBe("-€0.13");
    expect(formatMoney("en", 1234.5, "JPY")).toBe("¥1,235");
    expect(formatMoney("zh-Hans", 60, "CNY")).toBe("¥60.00");
    expect(formatMoney("en", 280, null)).toBe("280.00");
    expect(formatMoney("en", 5, "not a code")).toBe("5.00");
  });

  it("writes counts in full or compact", () => {
    expect(formatCount("en", 12345n)).toBe("12,345");
    expect(formatCount("en", 12345, { compact: true })).toBe("12.3K");
    expect(formatCount("zh-Hans", 12345, { compact: true })).toBe("1.23万");
  });

  it("keeps the digits of small numbers", () => {
    expect(formatNumber("en", 0.24259)).toBe("0.2426");
    expect(formatNumber("en", 4.4136)).toBe("4.41");
    expect(formatNumber("en", 4.4136, 4)).toBe("4.4136");
    expect(formatNumber("en", Infinity)).toBe("∞");
  });

  it("writes dates by grain, without the zone of the machine", () => {
    const day = Date.UTC(2024, 0, 31);
    expect(formatDate("en", day)).toBe("Jan 31, 2024");
    expect(formatDate("en", day, "month")).toBe("Jan 2024");
    expect(formatDate("zh-Hans", day, "month")).toBe("2024年1月");
    expect(formatDate("zh-Hant", "2024-01-31", "quarter")).toBe("2024年第1季");
    expect(formatDate("en", "nonsense")).toBe("–");
  });

  it("writes a span of days", () => {
    expect(formatDuration("en", 1)).toBe("1 day");
    expect(formatDuration("zh-Hans", 12.25)).toBe("12.3天");
  });

  it("formats a value by the type of its column", () => {
    expect(formatValue("en", "money", 60, "USD")).toBe("$60.00");
    expect(formatValue("en", "share", 0.5)).toBe("50.0%");
    expect(formatValue("en", "count", 7n)).toBe("7");
    expect(formatValue("en", "flag", false)).toBe("no");
    expect(formatValue("en", "date", new Date(Date.UTC(1997, 0, 1)))).toBe("Jan 1, 1997");
    expect(formatValue("en", "text", "007")).toBe("007");
    expect(formatValue("en", "number", null)).toBe("–");
  });

  it("names values that have a word of their own, and leaves the reader's alone", () => {
    expect(formatText("zh-Hans", "reason", "zero-amount")).toBe("金额为零");
    expect(formatText("zh-Hant", "step", "Kept")).toBe("保留");
    expect(formatText("en", "channel", "kept")).toBe("kept");
  });
});
