import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { unpackArchive } from "../../src/intake/unpackArchive.ts";
import { escapeXml, makeWorkbook, number, sheetXml } from "./makeWorkbook.ts";
import type { TestCell, TestWorkbook } from "./makeWorkbook.ts";

async function csvOf(book: TestWorkbook): Promise<string> {
  const [sheet, ...others] = await unpackArchive(makeWorkbook(book), "book.xlsx");
  expect([sheet?.name, sheet?.error, others]).toEqual(["book.xlsx", undefined, []]);
  return sheet!.file.text();
}

/** What one cell of a sheet becomes. */
async function textOf(cell: TestCell, book: Partial<TestWorkbook> = {}): Promise<string> {
  return (await csvOf({ sheets: { S: [["x"], [cell, "."]] }, ...book }))
    .split("\n")[1]!
    .slice(0, -2);
}

describe("texts", () => {
  it.each([
    "00123",
    "20240105123456789012",
    "1E5",
    " padded ",
    "=1+1",
    "張三 🌱",
    "TRUE",
    "2024-01-05",
  ])("stay exactly as they are: %j", async (text) => {
    expect(await textOf(text)).toBe(text);
    const inline = `<c REF t="inlineStr"><is><t>${escapeXml(text)}</t></is></c>`;
    expect(await textOf({ xml: inline })).toBe(text);
    expect(await textOf({ xml: `<c REF t="str"><f>A1</f><v>${escapeXml(text)}</v></c>` })).toBe(
      text,
    );
  });

  it("are put together from runs, without the reading beside them", async () => {
    const runs =
      "<is><r><t>東</t></r><r><rPr><b/></rPr><t xml:space='preserve'>京 </t></r><rPh sb='0' eb='1'><t>トウ</t></rPh></is>";
    expect(await textOf({ xml: `<c REF t="inlineStr">${runs}</c>` })).toBe("東京 ");
  });

  it("are quoted where a delimiter, a quotation mark or a line break is in them", async () => {
    const csv = await csvOf({ sheets: { S: [["a,b", 'say "hi"', "two\nlines"]] } });
    expect(csv).toBe('"a,b","say ""hi""","two\nlines"\n');
  });

  it("have back the characters that XML has no place for", async () => {
    expect(await textOf("a_x0009_b")).toBe("a\tb");
    expect(await textOf("_x005F_x0009_")).toBe("_x0009_");
    expect(await textOf({ xml: "<c REF t='str'><v>&#x4e2d;&amp;&lt;<![CDATA[&<]]></v></c>" })).toBe(
      "中&<&<",
    );
  });
});

describe("numbers", () => {
  it.each([
    ["12", "12"],
    ["-0.5", "-0.5"],
    ["19.989999999999998", "19.99"],
    ["1E-3", "0.001"],
    ["1.5E-7", "0.00000015"],
    ["-1.2345E-9", "-0.0000000012345"],
    ["1.2345678901234567E+19", "12345678901234567000"],
    ["1.25E+2", "125"],
    ["1234567890123456789", "1234567890123456789"],
    ["1e21", "1000000000000000000000"],
    ["1.5e22", "15000000000000000000000"],
    ["007", "7"],
    ["0", "0"],
  ])("%s is written as %s", async (value, text) => {
    expect(await textOf(number(value))).toBe(text);
  });

  it("are the shortest decimals of their doubles", async () => {
    const doubles = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), 500);
    const rows = doubles.map((value) => [number(value.toExponential(17)), "."]);
    const lines = (await csvOf({ sheets: { S: rows } })).split("\n");
    doubles.forEach((value, i) => {
      const text = lines[i]!.slice(0, -2);
      expect(text).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(text) === value).toBe(true);
      expect(text.replace(/[-.]/g, "").replace(/^0+|0+$/g, "").length).toBeLessThanOrEqual(17);
    });
  });

  it("that Excel rounded to 15 digits are counted in a note", async () => {
    const ids = ["1.2345678901234501E+19", "12345678901234500", "1234567890123456789", "123"];
    const book = makeWorkbook({ sheets: { S: [["id"], ...ids.map((id) => [number(id)])] } });
    const [sheet] = await unpackArchive(book, "b.xlsx");
    expect(sheet?.notes).toEqual([{ code: "long-numbers", args: { count: 2 } }]);
  });

  it("are TRUE and FALSE where they are truths, and empty where they are errors", async () => {
    expect(await textOf({ xml: "<c REF t='b'><v>1</v></c>" })).toBe("TRUE");
    expect(await textOf({ xml: "<c REF t='b'><v>0</v></c>" })).toBe("FALSE");
    expect(await textOf({ xml: "<c REF t='e'><v>#DIV/0!</v></c>" })).toBe("");
  });
});

describe("times", () => {
  const read = (value: string, code: string, is1904 = false) =>
    textOf(number(value, 1), { formats: { 164: code }, styles: [0, 164], is1904 });

  it.each([
    ["45296", "yyyy-mm-dd", "2024-01-05"],
    ["45296.5", "yyyy-mm-dd", "2024-01-05 12:00:00"],
    ["45296", "yyyy/m/d h:mm", "2024-01-05 00:00:00"],
    ["45296.520833333336", "dd.mm.yy hh:mm", "2024-01-05 12:30:00"],
    ["45296.999999999", "yyyy-mm-dd hh:mm:ss", "2024-01-06 00:00:00"],
    ["45296.999996", "yyyy-mm-dd hh:mm:ss", "2024-01-05 23:59:59"],
    ["45380.0833333333", "[$-409]m/d/yy h:mm AM/PM;@", "2024-03-29 02:00:00"],
    ["45296", 'yyyy"年"m"月"d"日"', "2024-01-05"],
    ["45296", "[$-804]aaaa", "2024-01-05"],
    ["45296", "mmm\\-yy", "2024-01-05"],
    ["0.75", "h:mm:ss", "18:00:00"],
    ["1.25", "[h]:mm:ss", "30:00:00"],
    ["1", "yyyy-mm-dd", "1900-01-01"],
    ["59", "yyyy-mm-dd", "1900-02-28"],
    ["60", "yyyy-mm-dd", "1900-02-29"],
    ["61", "yyyy-mm-dd", "1900-03-01"],
    ["2958465", "yyyy-mm-dd", "9999-12-31"],
    ["2958466", "yyyy-mm-dd", "2958466"],
    ["-1", "yyyy-mm-dd", "-1"],
    ["0", "yyyy-mm-dd", "0"],
  ])("%s as %s is %s", async (value, code, text) => {
    expect(await read(value, code)).toBe(text);
  });

  it.each([
    '#,##0.00 "days"',
    "0.00E+00",
    "[Red]#,##0",
    "General",
    '_("$"* #,##0.00_)',
    "[$¥-804]#,##0.00",
    "0\\d",
    "@",
    "0%",
  ])("%s is no format of times", async (code) => {
    expect(await read("45296", code)).toBe("45296");
  });

  it.each([
    [14, "2024-01-05"],
    [22, "2024-01-05 00:00:00"],
    [31, "2024-01-05"],
    [58, "2024-01-05"],
    [0, "45296"],
    [2, "45296"],
    [49, "45296"],
  ])("the built-in format %i makes of 45296 %s", async (id, text) => {
    expect(await textOf(number("45296", 1), { styles: [0, id] })).toBe(text);
  });

  it("count from 1904 in a workbook that does", async () => {
    expect(await read("0", "yyyy-mm-dd", true)).toBe("1904-01-01");
    expect(await read("43834.25", "yyyy-mm-dd", true)).toBe("2024-01-05 06:00:00");
  });

  it("that are written as times stay the wall clock", async () => {
    const iso = (value: string) => ({ xml: `<c REF t="d"><v>${value}</v></c>` });
    expect(await textOf(iso("2024-03-31T02:30:00"))).toBe("2024-03-31 02:30:00");
    expect(await textOf(iso("2024-03-31"))).toBe("2024-03-31");
  });

  it("are those of every second of a year", async () => {
    const seconds = fc.sample(fc.integer({ min: 0, max: 366 * 86_400 - 1 }), 300);
    const rows = seconds.map((second) => [number(String(45292 + second / 86_400), 1)]);
    const csv = await csvOf({ sheets: { S: rows }, styles: [0, 22] });
    const wanted = seconds.map((second) =>
      new Date(Date.UTC(2024, 0, 1) + second * 1000).toISOString().slice(0, 19).replace("T", " "),
    );
    expect(csv.trimEnd().split("\n")).toEqual(wanted);
  });
});

describe("rows", () => {
  it("have the line of their number, and are as wide as the widest before", async () => {
    const rows = [[], ["Shop A"], [], ["id", "day", "total"], ["1"], [], ["2", undefined, "x"], []];
    expect(await csvOf({ sheets: { S: rows } })).toBe("\nShop A\n\nid,day,total\n1,,\n\n2,,x\n");
  });

  it("come in any form that writers give them", async () => {
    const part = sheetXml(
      `<x:row><x:c t='inlineStr'><x:is><x:t>a</x:t></x:is></x:c><x:c><x:v>1</x:v></x:c></x:row>
       <row r="3"><c r='AB3' t="str"><v>far > away</v></c><c r="AC3"/></row>`,
    );
    const parts = { "xl/worksheets/sheet1.xml": part };
    expect(await csvOf({ sheets: { S: [["?"]] }, parts })).toBe(
      `a,1\n\n${",".repeat(27)}far > away\n`,
    );
  });

  it("are the same after a workbook as before, whatever the texts", async () => {
    const text = fc.string({ unit: "binary", maxLength: 12 }).map(withoutControls);
    const table = fc.array(fc.array(text, { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const width = Math.max(...rows.map((cells) => cells.length));
        const full = rows.map((cells) =>
          [...cells, ...Array<string>(width).fill("")].slice(0, width),
        );
        full.unshift(Array.from({ length: width }, (_, i) => `h${i}`));
        full.push(full[0]!);
        const { data } = Papa.parse<string[]>(await csvOf({ sheets: { S: full } }), {
          delimiter: ",",
          newline: "\n",
        });
        const read = data.slice(0, -1).map((cells) => (cells.join("") === "" ? "" : cells));
        expect(read).toEqual(full.map((cells) => (cells.join("") === "" ? "" : cells)));
      }),
      { numRuns: 150 },
    );
  });
});

/** XML has no place for most control characters, and reads a CR as LF. */
function withoutControls(text: string): string {
  // eslint-disable-next-line no-control-regex -- that is what is to be left out
  return text.replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, "");
}

describe("sheets", () => {
  const orders: TestCell[][] = [
    ["id", "total"],
    ["1", number("2.5")],
  ];

  it("are read one by one, empty ones left out, and named for the book where there is one", async () => {
    const two = makeWorkbook({ sheets: { Jan: orders, Empty: [[]], 二月: orders } });
    const sheets = await unpackArchive(two, "book.xlsx");
    expect(sheets.map(({ name }) => name)).toEqual(["book.xlsx/Jan", "book.xlsx/二月"]);
    expect(await sheets[1]!.file.text()).toBe("id,total\n1,2.5\n");
    const one = makeWorkbook({ sheets: { Jan: orders, Empty: [[]] } });
    expect((await unpackArchive(one, "book.csv")).map(({ name }) => name)).toEqual(["book.csv"]);
  });

  it("with formulas that were never calculated are refused, the others read", async () => {
    const open = [...orders, ["2", { xml: "<c REF><f>SUM(B1:B2)</f></c>" }]];
    const book = makeWorkbook({ sheets: { Open: open, Done: orders } });
    const sheets = await unpackArchive(book, "b.xlsx");
    expect(sheets.map(({ name, error }) => [name, error?.code, error?.args])).toEqual([
      ["b.xlsx/Open", "uncalculated", { count: 1 }],
      ["b.xlsx/Done", undefined, undefined],
    ]);
  });

  it.each([
    ["cut off", { "xl/worksheets/sheet1.xml": "<worksheet><sheetData><row r='1'>" }],
    ["a cell without a shared text", { "xl/sharedStrings.xml": "<sst/>" }],
    [
      "rows that run backwards",
      { "xl/worksheets/sheet1.xml": sheetXml("<row r='2'></row><row r='1'></row>") },
    ],
    [
      "a cell beyond the last column",
      { "xl/worksheets/sheet1.xml": sheetXml("<row><c r='XFE1'><v>1</v></c></row>") },
    ],
  ])("with %s are refused as broken", async (_, parts) => {
    const [sheet] = await unpackArchive(makeWorkbook({ sheets: { S: orders }, parts }), "b.xlsx");
    expect(sheet).toMatchObject({ name: "b.xlsx", error: { code: "broken-workbook" } });
  });

  it("that hold nothing make a workbook empty", async () => {
    const book = makeWorkbook({ sheets: { S: [[]], T: [[{ xml: "<c REF s='0'/>" }]] } });
    await expect(unpackArchive(book, "b.xlsx")).rejects.toMatchObject({ code: "empty-archive" });
  });
});

describe("other documents", () => {
  it.each([
    ["a text", { "xl/workbook.xml": "<w:document/>" }, "document"],
    ["a binary workbook", { "_rels/.rels": binaryRelation() }, "document"],
    ["a workbook without its first part", { "_rels/.rels": "<Relationships>" }, "broken-workbook"],
  ])("%s is refused", async (_, parts, code) => {
    const book = makeWorkbook({ sheets: { S: [["a"]] }, parts });
    await expect(unpackArchive(book, "b.xlsx")).rejects.toMatchObject({ code });
  });
});

function binaryRelation(): string {
  const type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
  return `<Relationships><Relationship Id="a" Type="${type}" Target="xl/workbook.bin"/></Relationships>`;
}
