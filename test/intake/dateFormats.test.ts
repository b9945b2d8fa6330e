import { describe, expect, it } from "vitest";
import { collectDateFormat, readDate, readEpoch, toPattern } from "../../src/intake/dateFormats.ts";

describe("the pattern of a date", () => {
  it.each([
    ["2024-01-05", "iso"],
    ["2024-01-05 10:11:12", "iso"],
    ["2024-01-05T10:11:12Z", "iso"],
    ["2026-09-15 16:00:00 -0400", "iso"],
    ["2026-05-01T03:04:05+00:00", "iso"],
    ["2024-1-5", "%Y-%m-%d"],
    ["2020/2/21 0:00", "%Y/%m/%d %H:%M"],
    ["2024年1月2日", "%Y年%m月%d日"],
    ["19970103", "%Y%m%d"],
    ["20240105101112", "%Y%m%d%H%M%S"],
    ["05.01.2024", "{dm}.%Y"],
    ["12/1/2010 8:26", "{dm}/%Y %H:%M"],
    ["09/24/26", "{dm}/%y"],
    ["1/5/2024 1:02:03 PM", "{dm}/%Y %I:%M:%S %p"],
    ["Oct-07-26", "%b-%d-%y"],
    ["26-May-26", "%d-%b-%y"],
    ["Oct 5, 2026 01:15:22 PM", "%b %d, %Y %I:%M:%S %p"],
    ["7 October 2026", "%d %B %Y"],
  ])("%s is %s", (text, pattern) => {
    expect(readDate(text)?.pattern).toBe(pattern);
  });

  it.each([
    "",
    "abc",
    "2024-13-05",
    "32/33/2024",
    "12345",
    "10.50",
    "13/13/2024",
    "2024-01-05 25:00",
    "1.234.567",
  ])("%s is no date", (text) => {
    expect(readDate(text)).toBeUndefined();
  });

  it.each([
    ["1611789078", "epoch-s"],
    ["1611789078248", "epoch-ms"],
    ["1611789078248882", "epoch-us"],
    ["45292.5", "excel"],
  ])("%s may be a moment in %s", (text, pattern) => {
    expect(readEpoch(text)?.pattern).toBe(pattern);
  });
});

describe("day or month first", () => {
  const formatOf = (...texts: string[]) => collectDateFormat(texts.map((text) => readDate(text)!));

  it("is settled by one value over 12", () => {
    expect(formatOf("03/04/2024", "31/12/2024")).toMatchObject({
      order: "day-first",
      ambiguous: false,
    });
    expect(formatOf("03/04/2024", "12/31/2024")).toMatchObject({
      order: "month-first",
      ambiguous: false,
    });
  });

  it("stays open when all numbers are 12 or less, or when they contradict", () => {
    expect(formatOf("03/04/2024", "05/06/2024").ambiguous).toBe(true);
    expect(formatOf("31/12/2024", "12/31/2024").ambiguous).toBe(true);
  });

  it("is the day with points between", () => {
    expect(formatOf("03.04.2024")).toMatchObject({ order: "day-first", ambiguous: false });
  });

  it("goes into the pattern", () => {
    expect(toPattern("{dm}/%Y %H:%M", "day-first")).toBe("%d/%m/%Y %H:%M");
    expect(toPattern("{dm}.%y", "month-first")).toBe("%m.%d.%y");
  });
});
