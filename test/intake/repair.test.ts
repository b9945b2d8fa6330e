import { readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inspectFile } from "../../src/intake/inspectFile.ts";
import { lineOf } from "../../src/intake/lineIndex.ts";
import { linesOf } from "../../src/intake/linesOf.ts";
import type { FilePlan } from "../../src/intake/plan.ts";
import { isStructureError, readCsvSql, repairedLayout } from "../../src/intake/readCsvSql.ts";
import { quoteCell, repair, RepairWriter } from "../../src/intake/repair.ts";
import { fixture, query, stage, stageAs, toPath } from "./stageFile.ts";

const folder = (name: string) =>
  readdirSync(new URL(`fixtures/${name}`, import.meta.url))
    .filter((file) => file.endsWith(".csv"))
    .map((file) => `${name}/${file}`);

async function planOf(text: string, changes: Partial<FilePlan> = {}): Promise<FilePlan> {
  return { ...(await inspectFile(new Blob([text]), "orders.csv")), ...changes };
}

async function repaired(text: string) {
  const plan = await planOf(text);
  const result = await repair(new Blob([text]), plan);
  return { ...result, text: await result.blob.text(), plan };
}

describe("both lanes", () => {
  it.each([...folder("samples"), ...folder("probes")])("give the same rows of %s", async (file) => {
    const blob = fixture(file);
    const plan = await inspectFile(blob, file);
    if (plan.lane !== "clean" || plan.kind === "refused") {
      expect(plan.error ?? plan.faults.length).toBeTruthy();
      return;
    }
    const clean = await stageAs(plan, blob, "clean");
    const careful = await stageAs(plan, blob, "careful");
    expect(careful.rows).toEqual(clean.rows);
    expect(careful.repaired).toMatchObject({ read: clean.rows.length, rejected: 0, padded: 0 });
    const numbers = clean.rows.map(({ row_no }) => Number(row_no));
    const lines = await linesOf(blob, plan, numbers);
    expect(numbers.map((n) => lines.get(n))).toEqual(
      numbers.map((n) => lineOf(careful.repaired!.lines, n)),
    );
  });

  it("agree on any table that RFC 4180 can write", async () => {
    const cell = fc.string({
      unit: fc.constantFrom("a", "é", "订", '"', ",", "\n", " ", "'", ";", "1"),
      maxLength: 8,
    });
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 2, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom("\n", "\r\n"), async (notes, newline) => {
        const body = notes.map(([a, b], i) =>
          [`O${i}`, "2024-01-05", "1.50", quoteCell(a), quoteCell(b)].join(","),
        );
        const text = ["Order ID,Date,Total,Item name,Tags", ...body, ""].join(newline);
        const blob = new Blob([text]);
        const plan = await planOf(text);
        const clean = await stageAs(plan, blob, "clean");
        const careful = await stageAs(plan, blob, "careful");
        expect(clean.rows).toHaveLength(notes.length);
        expect(careful.rows).toEqual(clean.rows);
        const numbers = clean.rows.map(({ row_no }) => Number(row_no));
        const lines = await linesOf(blob, plan, numbers);
        expect(numbers.map((n) => lineOf(careful.repaired!.lines, n))).toEqual(
          numbers.map((n) => lines.get(n)),
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe("what is repaired", () => {
  it("comes out as RFC 4180 that reads back cell by cell", async () => {
    const cell = fc
      .string({ unit: "binary", maxLength: 12 })
      .map((text) => text.replaceAll("\0", ""));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }),
        async (cells) => {
          const text = cells.map(([a, b]) => `x,${quoteCell(a)},${quoteCell(b)}\n`).join("");
          const path = toPath(Buffer.from(text));
          const layout = { ...repairedLayout({ columns: ["x", "a", "b"] } as FilePlan) };
          const rows = await query(
            `select coalesce(c1, '') as a, coalesce(c2, '') as b from ${readCsvSql(layout, path)}`,
          );
          expect(rows.map(({ a, b }) => [a, b])).toEqual(cells.map((row) => row));
        },
      ),
      {
        numRuns: 60,
        examples: [
          [
            [
              ["", "\r"],
              ["", ""],
            ],
          ],
        ],
      },
    );
  });

  it.each([
    [
      "a quote inside a value",
      "probes/inner_quote.csv",
      3,
      ['Monitor 24" wide', 'Frame 8"x10" oak', "Plain"],
    ],
    ["a row with another delimiter", "probes/mixed_delims.csv", 3, undefined],
    ["NUL inside a value", "probes/null_bytes.csv", 3, undefined],
    ["UTF-16", "probes/utf16le.csv", 3, undefined],
  ])("%s", async (_, file, rows, products) => {
    const staged = await stage(fixture(file));
    expect(staged.rows.filter(({ verdict }) => verdict === null)).toHaveLength(rows);
    if (products) expect(staged.rows.map(({ product }) => product)).toEqual(products);
    expect(staged.rows.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(60.75);
  });

  it("pads a short row and rejects it for the amount it lacks", async () => {
    const { repaired: result, rows } = await stage(fixture("probes/too_few.csv"));
    expect(result).toMatchObject({ read: 3, written: 3, padded: 1 });
    expect(rows.map(({ verdict }) => verdict)).toEqual([null, "rejected:amount", null]);
  });

  it("joins a number that an unquoted mark tore apart, and prose after a comma and a blank", async () => {
    const { text, rejoined } = await repaired(
      "Order ID,Date,Item name,Total\n1,2024-01-05,Mug,5.00\n2,2024-01-06,Desk,1,240.00\n3,2024-01-06,Tote, Large,7.00\n",
    );
    expect(text).toBe(
      '1,2024-01-05,Mug,5.00\n2,2024-01-06,Desk,"1,240.00"\n3,2024-01-06,"Tote, Large",7.00\n',
    );
    expect(rejoined).toBe(2);
  });

  it("rejects a row that is too long with its line and its text", async () => {
    const { rejects, read, written, lines } = await repaired(
      "Order ID,Date,Item name,Notes,Total\n1,2024-01-05,Mug,-,5.00\n2,2024-01-06,a,b,c,d,7.00\n3,2024-01-07,Mug,gift,5.00\n",
    );
    expect({ read, written }).toEqual({ read: 3, written: 2 });
    expect(rejects).toEqual([
      {
        line: 3,
        column: "Order ID",
        value: "2,2024-01-06,a,b,c,d,7.00",
        error: "too-many-columns",
      },
    ]);
    expect([1, 2].map((record) => lineOf(lines, record))).toEqual([2, 4]);
  });

  it("takes rows apart that an unclosed quote ran together", async () => {
    const { text, lines } = await repaired(
      'Order ID,Date,Item name,Total\n1,2024-01-05,"Frame 8 oak,5.00\n2,2024-01-06,Mug,6.00\n3,2024-01-07,"Big" mug,7.00\n4,2024-01-08,Pen,8.00\n',
    );
    expect(text.split("\n").filter((line) => /^\d,2024-01-0\d,.*,\d\.00$/.test(line))).toHaveLength(
      4,
    );
    expect([1, 2, 3, 4].map((record) => lineOf(lines, record))).toEqual([2, 3, 4, 5]);
  });

  it("counts the header's preamble, blank rows and the footer, and calls none of them a record", async () => {
    const { read, skipped, text } = await repaired(
      'Sales report\n\nOrder ID,Date,Customer,Total\n,,,\n1,2024-01-05,a,5.00\n\n2,2024-01-06,b,6.00\nTotal,,,11.00\n"2","rows"\n',
    );
    expect(read).toBe(2);
    expect(skipped).toEqual({ preamble: 2, blank: 2, footer: 2, header: 0, otherTable: 0 });
    expect(text).toBe("1,2024-01-05,a,5.00\n2,2024-01-06,b,6.00\n");
  });

  it("brings line ends of two kinds to one", async () => {
    const { read, text } = await repaired(
      "Order ID,Date,Total\r\n1,2024-01-05,1.00\n2,2024-01-06,2.00\r\n3,2024-01-07,3.00\r4,2024-01-08,4.00\r\n",
    );
    expect(read).toBe(4);
    expect(text).not.toContain("\r");
  });

  it("reads on in another encoding when the bytes far down are not UTF-8", async () => {
    const row = "1,2024-01-05,ann,1.00\n";
    const start = `Order ID,Date,Customer,Total\n${row.repeat(40_000)}`;
    const bytes = Buffer.from(`${start}2,2024-01-06,Zo\xeb,2.00\n${row.repeat(60_000)}`, "latin1");
    const plan = { ...(await inspectFile(new Blob([bytes]), "x.csv")), encoding: "utf-8" };
    const result = await repair(new Blob([bytes]), plan);
    expect(result).toMatchObject({ encoding: "windows-1252", read: 100_001 });
    expect(await result.blob.text()).toContain("Zoë");
  });

  it("is the same in whatever pieces the text comes", async () => {
    const text =
      'Order ID,Date,Item name,Total\r\n1,2024-01-05,"a ""b"",\r\nc",5.00\r\n2,2024-01-06,d,6.00\r\n';
    const plan = await planOf(text);
    const whole = new RepairWriter(plan);
    whole.push(text);
    const expected = await whole.end().blob.text();
    for (const size of [1, 2, 3, 7]) {
      const writer = new RepairWriter(plan);
      for (let i = 0; i < text.length; i += size) writer.push(text.slice(i, i + size));
      expect(await writer.end().blob.text()).toBe(expected);
    }
  });

  it("does not swallow a file whose quote is never closed", async () => {
    const row = "1,2024-01-05,mug,1.00\n";
    const text = `Order ID,Date,Item name,Total\n1,2024-01-05,"open,1.00\n${row.repeat(400_000)}`;
    const plan = await planOf(`Order ID,Date,Item name,Total\n${row}`, {
      faults: ["quotes"],
      lane: "careful",
    });
    const result = await repair(new Blob([text]), plan);
    expect(result.read).toBe(400_001);
  });

  it("inflates, reports progress and stops when told", async () => {
    const text = `Order ID,Date,Total\n${"1,2024-01-05,1.00\n".repeat(5000)}`;
    const blob = new Blob([gzipSync(text)]);
    const plan = await inspectFile(blob, "x.gz");
    const seen: number[] = [];
    const result = await repair(blob, plan, { onProgress: (records) => seen.push(records) });
    expect(result.read).toBe(5000);
    expect(seen.at(-1)).toBe(5000);
    const signal = AbortSignal.abort();
    await expect(repair(blob, plan, { signal })).rejects.toMatchObject({ code: "cancelled" });
  });
});

it("loses no row behind a title that breaks a line in quotes", async () => {
  const text = `"Export\nof May"\n\nOrder ID,Date,Customer,Total\n1,2024-05-01,ann,1.00\n2,2024-05-02,bob,2.00\n3,2024-05-03,cay,3.00\n`;
  const { plan, rows } = await stage(text);
  expect(plan).toMatchObject({ lane: "careful", headerRow: 4, skipRows: 4 });
  expect(rows.map(({ order_id }) => order_id)).toEqual(["1", "2", "3"]);
});

it("counts no blank line in a fixed-width file that ends its lines with CR LF", async () => {
  const rows = [1, 2, 3].map((n) => ` 0000${n} 1997010${n}  1   1${n}.50\r\n`).join("");
  const result = await repaired(rows);
  expect(result.plan.delimiter).toBe("whitespace");
  expect([result.read, result.skipped.blank]).toEqual([3, 0]);
});

describe("the engine's strict reader", () => {
  it.each([
    ["a short row", "1,2024-01-05\n"],
    ["a long row", "1,2024-01-05,1.00,x\n"],
    ["a stray quote", '1,"2024"-01-05,1.00\n'],
    ["an open quote", '1,2024-01-05,"1.00\n'],
    ["another line end", "1,2024-01-05,1.00\r2,2024-01-05,1.00\n"],
  ])("fails on %s far down, and the message says so", async (_, late) => {
    const row = "1,2024-01-05,1.00\n";
    const text = `Order ID,Date,Total\n${row.repeat(30_000)}${late}${row.repeat(20_000)}`;
    const plan = await planOf(`Order ID,Date,Total\n${row}`);
    const failure = await stageAs(plan, new Blob([text]), "clean").catch((error: unknown) =>
      String(error),
    );
    expect(typeof failure).toBe("string");
    expect(isStructureError(failure as string)).toBe(true);
    const { repaired: result, rows } = await stageAs(plan, new Blob([text]), "careful");
    expect(result!.read).toBeGreaterThanOrEqual(50_001);
    expect(rows.length + result!.rejected).toBe(result!.read);
  });

  it("does not call another failure one of structure", () => {
    expect(isStructureError("Catalog Error: Table with name x does not exist!")).toBe(false);
    expect(isStructureError("Out of Memory Error: failed to allocate")).toBe(false);
  });
});
