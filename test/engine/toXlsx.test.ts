import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { mostSheetRows, type SheetColumn, toXlsx } from "../../src/engine/toXlsx.ts";
import { unpackArchive } from "../../src/intake/unpackArchive.ts";

const rows = (...numbers: number[]) => Uint32Array.from(numbers);

async function bytesOf(columns: SheetColumn[], order: Uint32Array, sheet = "S") {
  return new Uint8Array(await (await toXlsx(columns, order, { sheet })).arrayBuffer());
}

/** Read back by the page's own reader of workbooks. */
async function readBack(columns: SheetColumn[], order: Uint32Array): Promise<string> {
  const file = new File([await bytesOf(columns, order)], "book.xlsx");
  const [sheet] = await unpackArchive(file, "book.xlsx");
  return sheet!.file.text();
}

const day = Date.UTC(2024, 1, 29);

describe("a workbook", () => {
  it("holds each type as itself, in the order asked for, and nothing for what is not there", async () => {
    const texts = ["00123", null, "張三 🌱"];
    const numbers = [1.5, -2, Number.NaN];
    const text = await readBack(
      [
        { header: "Customer", type: "text", valueOf: (row) => texts[row]! },
        { header: "Amount", type: "number", format: "0.00", valueOf: (row) => numbers[row]! },
        { header: "Day", type: "day", valueOf: (row) => (row === 1 ? null : day) },
        { header: "Late", type: "flag", valueOf: (row) => row === 0 },
      ],
      rows(2, 0, 1),
    );
    expect(
      text
        .trimEnd()
        .split("\n")
        .map((line) => line.trim()),
    ).toEqual([
      "Customer,Amount,Day,Late",
      expect.stringMatching(/^張三 🌱,,2024-02-29.*,FALSE$/),
      expect.stringMatching(/^00123,1.5,2024-02-29.*,TRUE$/),
      ",-2,,FALSE",
    ]);
  });

  it("writes no formula, whatever a text begins with", async () => {
    const texts = ['=cmd|"/c calc"!A1', "+1", "-1", "@sum(1)", "<b>&amp;", "tab\there"];
    const bytes = await bytesOf(
      [{ header: "=HYPERLINK(1)", type: "text", valueOf: (row) => texts[row]! }],
      rows(0, 1, 2, 3, 4, 5),
      "a/b*c[d]:e?f\\g, a name that is too long for a sheet",
    );
    const parts = unzipSync(bytes);
    const sheet = strFromU8(parts["xl/worksheets/sheet1.xml"]!);
    expect(sheet).not.toMatch(/<f[ >]/);
    const cells = [...sheet.matchAll(/<c [^>]*t="(\w+)"/g)].map(([, type]) => type);
    expect(cells).toHaveLength(7);
    expect(cells.filter((type) => type !== "s" && type !== "inlineStr")).toEqual([]);
    expect(strFromU8(parts["xl/workbook.xml"]!)).toContain('name="a b c d  e f g, a name that i');
  });

  it("writes a text that is longer than a cell up to what a cell takes", async () => {
    const text = await readBack(
      [{ header: "x", type: "text", valueOf: () => "a".repeat(40_000) }],
      rows(0),
    );
    expect(text.trimEnd().split("\n")[1]).toHaveLength(32_767);
  });

  it("refuses more rows than a sheet takes", async () => {
    const many = { length: mostSheetRows + 1 };
    await expect(toXlsx([], many as ArrayLike<number>, { sheet: "S" })).rejects.toThrow(
      "too many rows for a sheet; at most 1048575: 1048576",
    );
  });
});
