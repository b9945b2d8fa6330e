import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { inspectFile } from "../../src/intake/inspectFile.ts";
import { contentOf, probes, silentFaults } from "../intake/probes.ts";
import { openShop } from "./openShop.ts";
import type { Shop } from "./openShop.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("./runWorker.ts"));

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});

afterAll(() => shop?.close());

it("has all 35 probes", () => {
  expect(probes).toHaveLength(35);
});

it.each(probes)("$name is read right or says what is wrong", async (probe) => {
  const report = await shop.importFiles([{ name: probe.name, content: contentOf(probe) }]);
  expect(silentFaults(probe, report)).toEqual([]);
});

const tables = probes.filter(({ expected }) => expected.rows && expected.cols);

it.each(tables)("$name has its columns", async (probe) => {
  const file = new Blob([contentOf(probe) as BlobPart]);
  const { columns } = await inspectFile(file, probe.name);
  expect(columns).toHaveLength(probe.expected.cols!);
  expect(new Set(columns).size).toBe(columns.length);
});

it.each([
  ["cp1252.csv", 2, "Café name"],
  ["bom_utf8.csv", 0, "Order ID"],
  ["bom_quoted.csv", 0, "Order ID"],
  ["dup_headers.csv", 2, "Name"],
])("%s names column %i %s", async (name, place, header) => {
  const probe = probes.find((one) => one.name === name)!;
  const { columns } = await inspectFile(new Blob([contentOf(probe) as BlobPart]), name);
  expect(columns[place]).toBe(header);
});

it.each([
  ["leading_zero_ids.csv", 0, 2],
  ["long_ids.csv", 0, 2],
  ["formula.csv", 1, 4],
])("%s keeps the values of column %i as they are written", async (name, place, distinct) => {
  const probe = probes.find((one) => one.name === name)!;
  const content = String(new TextDecoder().decode(contentOf(probe) as Uint8Array));
  const { preview } = await inspectFile(new Blob([content]), name);
  const values = preview.map((cells) => cells[place]!);
  expect(new Set(values).size).toBe(distinct);
  for (const value of values) expect(content.replaceAll('""', '"')).toContain(value);
});
