import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { text } from "../../../src/words/words.ts";
import { makeWorkbook, number } from "../../intake/makeWorkbook.ts";
import type { Visit } from "../support/visit.ts";
import { askSql, expectTie, importFiles, open, openOnly, settle, startOver } from "./pageCalls.ts";
import type { ReaderFile, Rows } from "./pageCalls.ts";

const header = ["order_id", "customer", "ordered_at", "amount", "currency"];
const rows = [
  ["0001", "ann", "2025-01-03 10:30:00", "12.10", "EUR"],
  ["0002", "bob", "2025-01-09 11:00:00", "7.00", "EUR"],
  ["0003", "ann", "2025-02-03 09:15:00", "30.05", "EUR"],
  ["20250310123456789012", "cyd", "2025-03-10 00:00:00", "0.10", "EUR"],
  ["0005", "bob", "2025-03-30 02:30:00", "5.25", "EUR"],
];
const csvOf = (some: string[][]) => [header, ...some].map((row) => row.join(",")).join("\n");
const january = csvOf(rows.slice(0, 2));
const february = csvOf(rows.slice(2, 3));
const zip = zipSync({ "2025/jan.csv": strToU8(january), "2025/feb.csv": strToU8(february) });
const plain: ReaderFile[] = [
  { name: "jan.csv", content: january },
  { name: "feb.csv", content: february },
  { name: "mar.csv", content: csvOf(rows.slice(3)) },
];

let at: Visit;
let folder: string;
let workbook: Uint8Array;
/** what the plain files give */
let wanted: { totals: unknown; orders: Rows };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "perennial-drop-"));
  // ids as text; times and amounts as numbers, as Excel keeps them
  const serials = ["45726", "45746.104166666664"];
  const cells = rows
    .slice(3)
    .map((row, i) => [row[0], row[1], number(serials[i]!, 1), number(row[3]!), row[4]]);
  const book = makeWorkbook({ sheets: { March: [header, ...cells] }, styles: [0, 22] });
  workbook = new Uint8Array(await book.arrayBuffer());
  at = await open();
  await openOnly(at.page, "overview");
  const { totals } = await importFiles(at.page, plain);
  wanted = { totals, orders: await orders() };
  expect(wanted.orders).toHaveLength(5);
});

afterAll(async () => {
  await at?.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await startOver(at.page);
  await openOnly(at.page, "overview");
});

function orders(): Promise<Rows> {
  return askSql(
    at.page,
    "select order_id, customer_id, ordered_at::varchar as at, net::varchar as net from orders order by 1",
  );
}

async function netOfPage(): Promise<unknown> {
  return (await askSql(at.page, "select sum(net)::varchar as net from orders"))[0]?.["net"];
}

function place(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** Drops paths of the disk on the page, as the file manager does. */
async function drop(...files: string[]): Promise<void> {
  const session = await at.page.context().newCDPSession(at.page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await session.send("Input.dispatchDragEvent", { type, x: 200, y: 200, data });
  await session.detach();
  await settle(at.page);
}

it("gives of a zip archive and a workbook what their tables give, and asks nobody", async () => {
  const before = at.site.requests.length;
  await drop(place("shop.zip", zip), place("march.csv", workbook));
  expect(await orders()).toEqual(wanted.orders);
  expect(await netOfPage()).toBe("54.5000");
  const files = await at.page.locator("section.files > details > summary").allInnerTexts();
  expect(files).toHaveLength(3);
  for (const name of ["shop.zip/2025/jan.csv", "shop.zip/2025/feb.csv", "march.csv"])
    expect(files.join("\n")).toContain(name);
  expect(at.site.requests.slice(before)).toEqual([]);
  expect(at.proxy.strays).toEqual([]);
  expect(at.errors).toEqual([]);
});

it("gives by the interface the same totals, with every row accounted for", async () => {
  const report = await importFiles(at.page, [
    { name: "shop.zip", content: zip },
    { name: "march.xlsx", content: workbook },
  ]);
  expect(report.totals).toEqual(wanted.totals);
  expect(report.files.map(({ rows: { read } }) => read)).toEqual([2, 1, 2]);
  expectTie(report);
});

it("takes a folder with all that lies in it", async () => {
  place("year/q1/jan.csv", january);
  place("year/q1/feb.csv", february);
  place("year/march.xlsx", workbook);
  place("year/.DS_Store", "\0\0\0\x01Bud1");
  await drop(join(folder, "year"));
  expect(await orders()).toEqual(wanted.orders);
  const files = (await at.page.locator("section.files > details > summary").allInnerTexts()).join();
  for (const name of ["year/q1/jan.csv", "year/q1/feb.csv", "year/march.xlsx"])
    expect(files).toContain(name);
});

it("reads an archive again when it is added again", async () => {
  await importFiles(at.page, [{ name: "shop.zip", content: zip }]);
  const less = zipSync({ "2025/jan.csv": strToU8(january) });
  const report = await importFiles(at.page, [{ name: "shop.zip", content: less }]);
  expect(report.files.map(({ name }) => name)).toEqual(["shop.zip/2025/jan.csv"]);
  expect(report.totals).toMatchObject({ orders: 2, net: "19.10" });
});

it("says which member of an archive cannot be read, and reads the others", async () => {
  const mixed = zipSync({ "a.csv": strToU8(january), "book.xlsx": workbook.slice(0, 700) });
  const report = await importFiles(at.page, [{ name: "mixed.zip", content: mixed }]);
  expect(report.files.map(({ name, error }) => [name, error?.message])).toEqual([
    ["mixed.zip/a.csv", undefined],
    ["mixed.zip/book.xlsx", text("en", "refusal.broken-workbook")],
  ]);
  expect(report.totals.orders).toBe(2);
});
