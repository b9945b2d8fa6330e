import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImportReport } from "../../../src/intake/report.ts";
import type { Visit } from "../support/visit.ts";
import { askSql, expectTie, importFiles, open, openOnly } from "./pageCalls.ts";
import type { Rows } from "./pageCalls.ts";

interface Reading {
  totals: ImportReport["totals"];
  orders: Rows;
}

let at: Visit;
let clean: Reading;

beforeAll(async () => {
  at = await open();
  await openOnly(at.page, "overview");
  clean = await read(text);
});

afterAll(() => at?.close());

const records = Array.from({ length: 240 }, (_, i) => [
  `T${1000 + i}`,
  ["安妮", "王五", "李雷", "韩梅梅"][(i * i) % 4] + String(i % 37),
  new Date(Date.UTC(2024, 0, 2, 8, i) + i * 2 * 86_400_000)
    .toISOString()
    .slice(0, 19)
    .replace("T", " "),
  (((i * 7919) % 30_000) / 100 + 1).toFixed(2),
  i % 17 === 0 ? "5.00" : "0.00",
  ["门店", "小程序", "直播间"][i % 3] ?? "",
  i % 5 === 0 ? "" : `备注${i}`,
]);
const header = ["订单号", "客户", "下单时间", "实付金额", "退款金额", "渠道", "备注"];
const text = toText(",", "\n");

function toText(delimiter: string, newline: string): string {
  return [header, ...records].map((cells) => cells.join(delimiter) + newline).join("");
}

/** A file of the same name replaces the one before. */
async function read(content: string | Uint8Array): Promise<Reading> {
  const report = await importFiles(at.page, [{ name: "orders.csv", content }], { currency: "CNY" });
  expect(report.files[0]?.error).toBeUndefined();
  expectTie(report);
  expect(report.files[0]?.rows.read).toBe(records.length);
  const orders = await askSql(
    at.page,
    `select order_id, customer_id, ordered_at::varchar as ordered_at, gross::varchar as gross,
       refund::varchar as refund, net::varchar as net, channel, currency, order_number
     from orders
     order by order_id`,
  );
  return { totals: report.totals, orders };
}

it("reads a clean file straight", () => {
  const cents = (place: number) =>
    records.reduce((sum, cells) => sum + Math.round(Number(cells[place]) * 100), 0);
  expect(clean.orders).toHaveLength(records.length);
  expect(clean.totals).toMatchObject({
    orders: records.length,
    gross: (cents(3) / 100).toFixed(2),
    refunds: (cents(4) / 100).toFixed(2),
    net: ((cents(3) - cents(4)) / 100).toFixed(2),
    customers: new Set(records.map(([, customer]) => customer)).size,
    currency: "CNY",
  });
});

describe("gives the same orders and totals for the same table", () => {
  it.each<[string, () => string | Uint8Array]>([
    ["with a byte order mark", () => `\uFEFF${text}`],
    ["in UTF-16, little endian", () => Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["in UTF-16, big endian", () => Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
    ["in GB18030", () => toGb18030(text)],
    ["with semicolons", () => toText(";", "\n")],
    ["with tabs", () => toText("\t", "\n")],
    ["with vertical bars", () => toText("|", "\n")],
    ["with CR LF", () => toText(",", "\r\n")],
    ["with CR alone", () => toText(",", "\r")],
    ["with CR LF after the header alone", () => text.replace("\n", "\r\n")],
    ["with LF after the header alone", () => toText(",", "\r\n").replace("\r\n", "\n")],
    ["with every field quoted", () => text.replace(/[^,\n]+/g, '"$&"')],
    ["with short rows where the last field is empty", () => text.replace(/,$/gm, "")],
    ["with lines of a title above the header", () => `店铺订单\n导出时间,2025-05-01\n\n${text}`],
    ["with a line break inside a note", () => text.replace("备注1\n", '"备注\n1"\n')],
    ["with a stray quote inside a note", () => text.replace("备注2\n", '备"注2\n')],
    ["with an empty line at the end and one between", () => `${text.replace("\n", "\n\n")}\n`],
    ["compressed with gzip", async () => gzip(text)] as never,
  ])("%s", async (_, make) => {
    expect(await read(await make())).toEqual(clean);
  });
});

async function gzip(content: string): Promise<Uint8Array> {
  const stream = new Blob([content]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Two bytes a character beyond ASCII, by the table that the decoder has. */
function toGb18030(content: string): Uint8Array {
  const decoder = new TextDecoder("gb18030");
  const codes = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfe; ++lead) {
    for (let trail = 0x40; trail <= 0xfe; ++trail) {
      if (trail !== 0x7f) codes.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return Uint8Array.from(
    [...content].flatMap((letter) => codes.get(letter) ?? [letter.charCodeAt(0)]),
  );
}
