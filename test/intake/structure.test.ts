import { describe, expect, it } from "vitest";
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
    await expect(structureOf(fixture("probes/header_only.csv"))).rejects.toMatchObject({
      code: "header-only",
    });
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
