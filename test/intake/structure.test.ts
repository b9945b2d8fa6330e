import { describe, expect, it } from "vitest";
import { inspectFile } from "../../src/intake/inspectFile.ts";
import { decodeHead } from "../../src/intake/readSample.ts";
import { detectStructure } from "../../src/intake/structure.ts";
import type { StructureHints } from "../../src/intake/structure.ts";
import { toUniqueHeaders } from "../../src/intake/nameColumns.ts";
import { fixture } from "./stageFile.ts";

async function structureOf(file: string | Blob, hints?: StructureHints) {
  const bytes =
    typeof file === "string"
      ? new TextEncoder().encode(file)
      : new Uint8Array(await file.arrayBuffer());
  return detectStructure(await decodeHead(bytes), hints);
}

describe("how a file is cut", () => {
  it.each([
    ["samples/shopify_orders.csv", ",", 1, 79, 8],
    ["samples/amazon_all_orders.csv", "\t", 1, 32, 5],
    ["samples/ebay_orders.csv", ",", 2, 82, 5],
    ["samples/google_ads_costs.csv", "\t", 3, 8, 3],
    ["samples/cdnow_master.csv", "whitespace", 0, 4, 5],
    ["samples/magento_orders.csv", ",", 1, 22, 4],
    ["probes/preamble3.csv", ",", 4, 4, 3],
    ["probes/semicolon_decimalcomma.csv", ";", 1, 4, 2],
    ["probes/sep_hint.csv", ";", 2, 4, 1],
    ["probes/no_header.csv", ",", 0, 4, 3],
    ["probes/all_text_no_types.csv", ",", 1, 2, 2],
    ["probes/cr_only.csv", ",", 1, 4, 3],
    ["probes/footer_total.csv", ",", 1, 4, 3],
    ["probes/mixed_delims.csv", ",", 1, 4, 3],
    ["probes/wide.csv", ",", 1, 2000, 1],
  ])("%s", async (file, delimiter, headerRow, width, rows) => {
    const structure = await structureOf(fixture(file));
    expect(structure).toMatchObject({ delimiter, headerRow, width });
    expect(structure.records).toHaveLength(rows);
  });

  it.each([
    ["quotes", "probes/inner_quote.csv"],
    ["ragged", "probes/too_few.csv"],
    ["footer", "probes/footer_total.csv"],
    ["nul", "probes/null_bytes.csv"],
    ["whitespace", "samples/cdnow_master.csv"],
    ["blank-rows", "samples/ebay_orders.csv"],
  ])("%s keeps a file out of the clean lane", async (fault, file) => {
    expect((await structureOf(fixture(file))).faults).toContain(fault);
  });

  it("notices line ends of two kinds, but not a line feed inside a quoted value", async () => {
    expect((await structureOf("a,b\r\n1,2\n3,4\r\n")).faults).toContain("line-ends");
    expect((await structureOf('a,b\r\n1,"x\ny"\r\n3,4\r\n')).faults).toEqual([]);
  });

  it("takes the reader's word for delimiter and header", async () => {
    const text = "x;y\n1;2\n3;4\n";
    expect(await structureOf(text, { headerRow: 0 })).toMatchObject({ headerRow: 0, skipRows: 0 });
    expect(await structureOf(text, { delimiter: "," })).toMatchObject({ width: 1 });
  });

  it("has no rows to offer in a header alone", async () => {
    const { records, headers } = await structureOf(fixture("probes/header_only.csv"));
    expect({ records, headers: headers.length > 0 }).toEqual({ records: [], headers: true });
    const plan = await inspectFile(fixture("probes/header_only.csv"), "header.csv");
    expect(plan.error?.code).toBe("header-only");
  });

  it("finds the records of a slice that starts inside a quoted value", async () => {
    const note = `"${"a line of a long note\n".repeat(40)}end"`;
    const rows = Array.from({ length: 1200 }, (_, i) => `${i},2024-01-05,${note},1.00\n`);
    const structure = await structureOf(`id,date,note,total\n${rows.join("")}`);
    expect(structure.faults).toEqual([]);
    expect(structure.records.every(({ cells }) => cells.length === 4 && cells[3] === "1.00")).toBe(
      true,
    );
  });
});

it("makes headers unique, numbers blank ones, and keeps hostile ones as text", () => {
  expect(
    toUniqueHeaders(
      ["Name", "Name", "", "Name", "__proto__", 'a" FROM orders; DROP TABLE orders; --', "x\0y"],
      8,
    ),
  ).toEqual([
    "Name",
    "Name_2",
    "column_3",
    "Name_3",
    "__proto__",
    'a" FROM orders; DROP TABLE orders; --',
    "xy",
    "column_8",
  ]);
});

describe("dialects", () => {
  const rows = [
    ["1", "2024-01-05", "Mug, large", "5.00"],
    ["2", "2024-01-06", 'The "Big" one', "6.00"],
    ["3", "2024-01-07", "Ann's hat", "7.00"],
    ["4", "2024-01-08", "Pen", "8.00"],
  ];
  const header = ["Order", "Date", "Item", "Total"];
  const write = (delimiter: string, quote: string, escape: string) =>
    [header, ...rows]
      .map((cells) =>
        cells
          .map((cell, i) =>
            i === 2 ? quote + cell.replaceAll(quote, escape + quote) + quote : cell,
          )
          .join(delimiter),
      )
      .join("\n");

  it.each([
    [",", '"', '"'],
    [", ", '"', '"'],
    [" ", '"', '"'],
    ["^", '"', '"'],
    ["~", '"', '"'],
    ["\u0001", '"', '"'],
    [",", '"', "\\"],
    [",", '"', "\0"],
    [";", "'", "'"],
    ["|", "'", "\\"],
  ])("are told by what they make of the rows: %j %j %j", async (delimiter, quote, escape) => {
    const found = await structureOf(write(delimiter, quote, escape));
    expect(found).toMatchObject({ delimiter, quote, width: 4, headerRow: 1 });
    expect(found.records.map(({ cells }) => cells)).toEqual(rows);
  });

  it("keep the blank of a comma and a blank that stands without quotes", async () => {
    const found = await structureOf("a, b, c\n1, 2, x\n3, 4, y\n");
    expect(toUniqueHeaders(found.headers, found.width)).toEqual(["a", "b", "c"]);
    expect(found.width).toBe(3);
  });
});

describe("quotes inside values that none opened", () => {
  it.each([
    ['1,2024-01-05,6" pipe,1.00', true],
    ['1,2024-01-05,"6"" pipe",1.00', false],
    ['="0012",2024-01-05,pipe,1.00', false],
    ['1,2024-01-05,="00"12",1.00', true],
    ['1,2024-01-05,"a, ""b""\nc",1.00', false],
  ])("%j send a file the careful way: %s", async (row, isStray) => {
    const { faults } = await structureOf(`Order,Date,Item,Total\n${row}\n2,2024-01-06,Pen,2.00\n`);
    expect(faults.includes("quotes")).toBe(isStray);
  });
});

describe("apostrophes", () => {
  it("of a few names are no quotes", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i},2024-01-05,Pen ${i},1.00`);
    rows[7] = "7,2024-01-05,'Vintage',1.00";
    rows[9] = "9,2024-01-05,'Tis a mug,1.00";
    rows[11] = "11,2024-01-05,'Retro',1.00";
    const found = await structureOf(`Order,Date,Item,Total\n${rows.join("\n")}\n`);
    expect(found).toMatchObject({ quote: '"', faults: [] });
    expect(found.records[7]!.cells[2]).toBe("'Vintage'");
    expect(found.records).toHaveLength(60);
  });
});

describe("headers of several rows", () => {
  it("are one where the header comes twice", async () => {
    const found = await structureOf("Date,Total\nDate,Total\n2024-01-05,5.00\n2024-01-06,6.00\n");
    expect(found).toMatchObject({
      headerRow: 1,
      skipRows: 2,
      headers: ["Date Date", "Total Total"],
    });
    expect(found.records).toHaveLength(2);
  });

  it("take units below the names along", async () => {
    const found = await structureOf(
      "Order,Date,Total\n,(yyyy-mm-dd),(EUR)\nA1,2024-01-05,5.00\nA2,2024-01-06,6.00\nA3,2024-01-07,7.00\n",
    );
    expect(found.headers).toEqual(["Order", "Date (yyyy-mm-dd)", "Total (EUR)"]);
    expect(found.records).toHaveLength(3);
  });

  it("leave a first row of data alone that lacks its values", async () => {
    const text = "Order,Date,Total\nA1,,\nA2,2024-01-06,6.00\nA3,2024-01-07,7.00\n";
    expect((await structureOf(text)).records).toHaveLength(3);
    const unpaid = "Order,Date,Total\nA1,n/a,-\nA2,2024-01-06,6.00\nA3,2024-01-07,7.00\n";
    expect((await structureOf(unpaid)).records).toHaveLength(3);
  });

  it("skip remarks above them", async () => {
    const text =
      "Exported by the shop,on Saturday, February 11 2017\nOrder,Total\nA1,5.00\nA2,6.00\nA3,7.00\n";
    expect(await structureOf(text)).toMatchObject({ headerRow: 2, headers: ["Order", "Total"] });
  });
});

describe("several tables in one file", () => {
  const orders = "Order ID,Date,Total\nA1,2024-01-05,5.00\nA2,2024-01-06,6.00\n";
  const costs = "Date,Channel,Cost,Clicks\n2024-01-01,Ads,10.00,7\n2024-02-01,Ads,12.00,9\n";

  it.each(["", "\n", "\nMarketing\n"])("are told apart, with %j between", async (between) => {
    const found = await structureOf(orders + between + costs);
    expect(found.tables.map(({ columns }) => columns.length)).toEqual([3, 4]);
    expect(found).toMatchObject({ width: 3, headerRow: 1 });
    expect(found.records.filter(({ cells }) => cells.length === 3)).toHaveLength(2);
    const [, second] = found.tables;
    const other = await structureOf(orders + between + costs, { headerRow: second!.headerRow });
    expect(other).toMatchObject({ width: 4, headers: ["Date", "Channel", "Cost", "Clicks"] });
    expect(other.records).toHaveLength(2);
  });

  it("give the first that something can be made of", async () => {
    const summary = "Channel,Visits,Clicks\nAds,10,7\nMail,12,9\n";
    const plan = await inspectFile(new Blob([`${summary}\n${orders}`]), "x.csv");
    expect(plan).toMatchObject({ kind: "orders", headerRow: 5 });
    expect(plan.tables).toHaveLength(2);
  });

  it("are one where the header only comes again", async () => {
    const found = await structureOf(orders + orders.replaceAll("A", "B"));
    expect(found.tables).toEqual([]);
    expect(found.records).toHaveLength(4);
    expect(found.faults).toContain("repeated-header");
  });
});
