import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Source } from "../../src/session/source.ts";
import { unpackSources } from "../../src/session/unpackSources.ts";
import { makeWorkbook, number } from "../intake/makeWorkbook.ts";
import type { TestWorkbook } from "../intake/makeWorkbook.ts";
import { openShop } from "./openShop.ts";
import type { Shop } from "./openShop.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("./runWorker.ts"));

const header = "order_id,customer,ordered_at,amount,currency\n";
const january = `${header}0001,ann,2025-01-03 10:30:00,12.10,EUR\n0002,bob,2025-01-09 11:00:00,7.00,EUR\n`;
const february = `${header}0003,ann,2025-02-03 09:15:00,30.05,EUR\n`;

function zip(files: Record<string, string | Uint8Array>): Uint8Array {
  const bytes = Object.entries(files).map(([name, content]) => [
    name,
    typeof content === "string" ? strToU8(content) : content,
  ]);
  return zipSync(Object.fromEntries(bytes) as Record<string, Uint8Array>);
}

function source(name: string, content: string | Uint8Array): Source {
  return { name, file: new Blob([content as Uint8Array<ArrayBuffer>]), corrections: {} };
}

const namesOf = (sources: Source[]) => sources.map(({ name }) => name);

describe("sources", () => {
  it("that are plain files stay, and keep their names apart", async () => {
    const given = [source("a.csv", january), source("a.csv", february)];
    const [first, second] = await unpackSources(given);
    expect([first?.name, second?.name]).toEqual(["a.csv", "a (2).csv"]);
    expect(first?.file).toBe(given[0]!.file);
  });

  it("that come from an archive give way to those of the same archive, added again", async () => {
    const old = await unpackSources([
      source("a.zip", zip({ "jan.csv": january, "feb.csv": february })),
      source("other.csv", february),
    ]);
    expect(namesOf(old)).toEqual(["a.zip/jan.csv", "a.zip/feb.csv", "other.csv"]);
    const opened: [string, number, number][] = [];
    const again = await unpackSources([...old, source("a.zip", zip({ "jan.csv": january }))], {
      onFile: (...told) => opened.push(told),
    });
    expect(namesOf(again)).toEqual(["other.csv", "a.zip/jan.csv"]);
    expect(opened[0]).toEqual(["a.zip", 0, expect.any(Number)]);
    const [name, bytes, total] = opened.at(-1)!;
    expect([name, bytes]).toEqual(["a.zip", total]);
    expect(opened.length).toBeGreaterThan(1);
    expect(await unpackSources(again)).toEqual(again);
  });

  it("that cannot be opened stay, with the reason", async () => {
    const sources = await unpackSources([
      source("cut.zip", zip({ "jan.csv": january }).slice(0, 50)),
      source("a.csv", february),
    ]);
    expect(sources.map(({ name, error }) => [name, error?.code])).toEqual([
      ["cut.zip", "broken-zip"],
      ["a.csv", undefined],
    ]);
  });
});

describe("an import", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop?.close());

  it("of an archive and a workbook is that of the tables in them", async () => {
    const plain = await shop.importFiles([
      { name: "jan.csv", content: january },
      { name: "feb.csv", content: february },
    ]);
    const orders = await shop.rows("select * exclude (customer_key) from orders order by order_id");
    expect(orders).toHaveLength(3);
    const book = makeWorkbook({
      sheets: {
        Orders: [
          header.trim().split(","),
          ["0003", "ann", number("45691.385416666664", 1), number("30.05"), "EUR"],
        ],
      },
      styles: [0, 22],
    });
    const packed = await shop.importFiles([
      { name: "shop.zip", content: zip({ "jan.csv": january, "read me.pdf": "%PDF-1.7" }) },
      { name: "feb.csv", content: new Uint8Array(await book.arrayBuffer()) },
    ]);
    expect(packed.totals).toEqual(plain.totals);
    expect(
      await shop.rows("select * exclude (customer_key) from orders order by order_id"),
    ).toEqual(orders);
    expect(packed.files.map(({ name, kind, error }) => [name, kind, error?.code])).toEqual([
      ["shop.zip/jan.csv", "orders", undefined],
      ["shop.zip/read me.pdf", "refused", "pdf"],
      ["feb.csv", "orders", undefined],
    ]);
    expect(packed.files.map(({ rows }) => rows.read)).toEqual([2, 0, 1]);
  });

  it("of a workbook leaves out the totals beside its orders, and says so", async () => {
    const [head = "", ...lines] = january.trim().split("\n");
    const orders = [head, ...lines].map((line) => line.split(",").slice(0, 4));
    const days = [
      ["Date", "Revenue"],
      [number("45660", 1), number("12.1")],
      [number("45666", 1), number("7")],
    ];
    const read = async (sheets: TestWorkbook["sheets"]) => {
      const book = makeWorkbook({ sheets, styles: [0, 14] });
      const content = new Uint8Array(await book.arrayBuffer());
      const { files, totals } = await shop.importFiles([{ name: "b.xlsx", content }]);
      return { net: totals.net, errors: files.map(({ error }) => error?.code) };
    };
    expect(await read({ Days: days, Orders: orders })).toEqual({
      net: "19.10",
      errors: ["summary-sheet", undefined],
    });
    expect(await read({ Days: days })).toEqual({ net: "19.10", errors: [undefined] });
    const later = [days[0]!, [number("46025", 1), number("30.05")]];
    expect(await read({ "2025": days, "2026": later })).toEqual({
      net: "49.15",
      errors: [undefined, undefined],
    });
  });

  it("of an archive that is damaged says so in the report", async () => {
    const { files, totals } = await shop.importFiles([
      { name: "cut.zip", content: zip({ "jan.csv": january }).slice(0, 60) },
      { name: "a.csv", content: february },
    ]);
    expect(files[0]).toMatchObject({
      name: "cut.zip",
      kind: "refused",
      error: { code: "broken-zip" },
    });
    expect(files[0]?.error?.message).toMatch(/^The archive/);
    expect(totals.net).toBe("30.05");
  });
});
