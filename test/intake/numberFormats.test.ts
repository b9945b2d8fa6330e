import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectNumberFormat, readNumber } from "../../src/intake/numberFormats.ts";
import type { NumberFormat } from "../../src/intake/numberFormats.ts";
import { numberSql } from "../../src/intake/valueSql.ts";
import { query } from "./stageFile.ts";

const formatOf = (texts: string[], delimiter = ",") =>
  collectNumberFormat(
    texts.map((text) => readNumber(text)!),
    delimiter,
  );

const asColumn = (number: NumberFormat) => ({
  number,
  date: { shapes: [], order: "day-first" as const },
  dressed: false,
});

async function valuesOf(texts: string[], number: NumberFormat): Promise<(string | null)[]> {
  const list = texts.map((text, i) => `(${i}, '${text.replaceAll("'", "''")}')`).join(", ");
  const rows = await query(
    `select (${numberSql("c0", asColumn(number))})::varchar as v from (values ${list}) t(i, c0) order by i`,
  );
  return rows.map(({ v }) => v as string | null);
}

describe("how a column writes its numbers", () => {
  it.each([
    [["1,010.00", "20.50"], ",", ".", ","],
    [["10,00", "1.020,50"], ";", ",", "."],
    [["1 234,50"], ";", ",", " "],
    [["1'234.50"], ",", ".", "'"],
    [["$1,240.00", "-$12.00"], ",", ".", ","],
    [["12", "7"], ",", ".", ""],
  ])("%j", (texts, delimiter, decimal, thousands) => {
    expect(formatOf(texts, delimiter)).toMatchObject({ decimal, thousands, ambiguous: false });
  });

  it("cannot tell 1.234 from 1,234", () => {
    expect(formatOf(["1.234", "2.500"])).toMatchObject({ ambiguous: true });
    expect(formatOf(["1,234"])).toMatchObject({ ambiguous: true, decimal: "." });
    expect(formatOf(["1.234", "0.5"])).toMatchObject({ ambiguous: false, decimal: "." });
    expect(formatOf(["1,234", "12,5"])).toMatchObject({ ambiguous: false, decimal: "," });
  });

  it("names the currencies of signs and codes", () => {
    expect(formatOf(["$10.00", "€20.50", "AU $5.00", "10.00 EUR"]).currencies).toEqual([
      "EUR",
      "USD",
      "AUD",
    ]);
  });

  it.each(["", "abc", "1.2.3", "12,34,56", "1e3", "1_000", "--5", "N/A", "12:30", "1,23.4"])(
    "%j is no number",
    (text) => {
      expect(readNumber(text)).toBeUndefined();
    },
  );
});

describe("the value in the engine", () => {
  it("is exact, or null: nothing is read as something else", async () => {
    const format = formatOf(["12.50", "3.00"]);
    const texts = [
      "12.50",
      "12.99999",
      "1e3",
      "1_000",
      "",
      "garbage",
      "1,234.50",
      "$5.00",
      "(7.25)",
      "5-",
      "0x10",
      " 8.00 ",
      "1,23.4",
      "١٢",
      "99999999999999.99",
      "999999999999999.99",
    ];
    expect(await valuesOf(texts, format)).toEqual([
      "12.5000",
      "13.0000",
      null,
      null,
      null,
      null,
      "1234.5000",
      "5.0000",
      "-7.2500",
      "-5.0000",
      null,
      "8.0000",
      null,
      null,
      "99999999999999.9900",
      null,
    ]);
  });

  it("never moves a decimal comma", async () => {
    const format = formatOf(["10,00", "1.020,50"], ";");
    expect(await valuesOf(["10,00", "1.020,50", "10.50", "1.020.300", "€ 5,25"], format)).toEqual([
      "10.0000",
      "1020.5000",
      null,
      "1020300.0000",
      "5.2500",
    ]);
  });

  it("equals the money that was written, in any style", async () => {
    const style = fc.record({
      decimal: fc.constantFrom(".", ","),
      grouped: fc.boolean(),
      sign: fc.constantFrom("", "$", "€", "USD "),
      cents: fc.array(fc.bigInt({ min: -99_999_999_999n, max: 99_999_999_999n }), {
        minLength: 2,
        maxLength: 20,
      }),
    });
    await fc.assert(
      fc.asyncProperty(style, async ({ decimal, grouped, sign, cents }) => {
        const texts = cents.map((cent) => writeMoney(cent, decimal, grouped, sign));
        const format = formatOf(texts, decimal === "," ? ";" : ",");
        const expected = cents.map((cent) => `${writeMoney(cent, ".", false, "")}00`);
        expect(await valuesOf(texts, format)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

function writeMoney(cents: bigint, decimal: string, grouped: boolean, sign: string): string {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, "0");
  const whole = digits.slice(0, -2);
  const marked = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, decimal === "." ? "," : ".") : whole;
  return `${cents < 0n ? "-" : ""}${sign}${marked}${decimal}${digits.slice(-2)}`;
}
