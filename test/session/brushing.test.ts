import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Outcome, Session } from "../../src/session/session.svelte.ts";
import { toRows } from "../../src/session/toRows.ts";
import type { OpenEngine } from "./openEngine.ts";
import { openSession } from "./openSession.ts";
import { sixOrders } from "./sixOrders.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("./runWorker.ts"));
vi.mock("../../src/models/fitClient.ts", () => ({}));

const ids = ["cohort-retention", "order-frequency", "repeat-rate"];
const january = { firstFrom: "2025-01-01", firstUntil: "2025-01-31" };
const february = { firstFrom: "2025-02-01", firstUntil: "2025-02-28" };

let engine: OpenEngine;
let session: Session;

beforeAll(async () => {
  ({ engine, session } = await openSession());
}, 120_000);
afterAll(() => engine?.close());

beforeEach(async () => {
  engine.holdBack(undefined);
  await session.reset();
  await session.importFiles([new File([sixOrders], "orders.csv")]);
  await open();
});

async function open(filter = ""): Promise<void> {
  const fences = ids.map((id) => `\`\`\`analysis ${id}\n\`\`\`\n`);
  await session.setMarkdown(`# Test\n\n${filter}${fences.join("\n")}`);
  await settled();
}

async function settled(): Promise<void> {
  await vi.waitFor(
    () => expect(ids.map((id) => session.outcomes.get(id)?.state)).toEqual(ids.map(() => "done")),
    { timeout: 20_000, interval: 5 },
  );
}

const cell = (id: string) => session.cells.find((one) => one.id === id)!;
const rowsOf = (outcome: Outcome | undefined) =>
  outcome?.state === "done" ? toRows(outcome.table) : undefined;
const shown = (id: string) => rowsOf(session.outcomeOf(cell(id)));
const own = (id: string) => rowsOf(session.outcomes.get(id));
const customers = (id: string) =>
  shown(id)?.reduce((sum, row) => sum + Number(row["customers"]), 0);
const follows = (id: string, many: number) =>
  vi.waitFor(() => expect(customers(id)).toBe(many), { timeout: 20_000, interval: 5 });
const updates = () => engine.asked.filter((sql) => sql.startsWith("update rollups")).length;
const coarser = () => engine.asked.filter((sql) => sql.includes("group by all")).length;
const madeTables = () => engine.asked.filter((sql) => /table rollups\."/.test(sql)).length;

it("moves the figures in sight and no other, and changes no document", async () => {
  const before = session.markdown();
  session.brushing.move("cohort-retention", january, ["cohort-retention", "order-frequency"]);
  await follows("order-frequency", 2);
  expect(shown("cohort-retention")).toEqual(own("cohort-retention"));
  expect(shown("repeat-rate")).toEqual(own("repeat-rate"));
  expect(session.brushing.daysOn("cohort-retention")).toEqual(january);
  expect(session.brushing.daysOn("order-frequency")).toBeUndefined();
  expect(session.markdown()).toBe(before);
  session.brushing.cancel();
  expect(customers("order-frequency")).toBe(4);
  expect(session.brushing.daysOn("cohort-retention")).toBeUndefined();
});

it("asks beforehand what a range will ask, and shows nothing of it", async () => {
  const before = ids.map(shown);
  const asked = engine.asked.length;
  session.brushing.prepare("cohort-retention", ids);
  await vi.waitFor(() => expect(engine.asked.length).toBeGreaterThanOrEqual(asked + 2));
  session.brushing.prepare("cohort-retention", ids);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const once = engine.asked.slice(asked);
  expect(once.length).toBe(new Set(once).size);
  expect(once.every((sql) => sql.includes("from rollups."))).toBe(true);
  expect(ids.map(shown)).toEqual(before);
  expect(session.filter).toBeUndefined();
});

it("sums up once, and is asked of no range but the latest", async () => {
  const tables = madeTables();
  const before = updates();
  engine.holdBack("update rollups");
  session.brushing.move("cohort-retention", january, ids);
  for (const firstUntil of ["2025-01-06", "2025-02-10", "2025-02-20"])
    session.brushing.move("cohort-retention", { ...january, firstUntil }, ids);
  session.brushing.move("cohort-retention", february, ids);
  engine.holdBack(undefined);
  await follows("order-frequency", 1);
  session.brushing.cancel();
  expect(madeTables()).toBe(tables);
  // the first range, and the last of those that came meanwhile
  expect(updates() - before).toBeLessThanOrEqual(2);
});

it("reads sums of months where the range is one of whole months and days are many", async () => {
  const lines = Array.from({ length: 6000 }, (_, i) => {
    const day = new Date(Date.UTC(2024, 0, 1 + (i % 700))).toISOString().slice(0, 10);
    return `c${i},${i},${day},${(1 + i / 700).toFixed(0)}.00,shop`;
  });
  const again = lines.flatMap((line, i) =>
    Array.from({ length: Math.floor(i / 700) }, (_, n) => line.replace(`,${i},`, `,${i}.${n},`)),
  );
  const text = ["customer,order id,date,amount,channel", ...lines, ...again].join("\n");
  const before = coarser();
  await session.importFiles([new File([text], "orders.csv")]);
  await settled();
  const firstUntil = (last: string) =>
    lines.filter((line) => line.includes(",2025-") && line.split(",")[2]! <= last).length;
  session.brushing.move("cohort-retention", january, ids);
  await follows("order-frequency", firstUntil("2025-01-31"));
  expect(coarser()).toBeGreaterThan(before);
  const made = coarser();
  session.brushing.move("cohort-retention", { ...january, firstUntil: "2025-02-28" }, ids);
  await follows("order-frequency", firstUntil("2025-02-28"));
  session.brushing.move("cohort-retention", { ...january, firstUntil: "2025-01-30" }, ids);
  await follows("order-frequency", firstUntil("2025-01-30"));
  expect(coarser()).toBe(made);
  session.brushing.cancel();
});

it("narrows the notebook in one step, all but the cell that it was drawn on", async () => {
  const whole = own("cohort-retention");
  session.brushing.move("cohort-retention", january, ids);
  session.brushing.end("cohort-retention", january);
  expect(session.filter).toEqual({ segments: {}, ...january });
  await vi.waitFor(() => expect(own("order-frequency")).toHaveLength(1), { timeout: 20_000 });
  await settled();
  expect(customers("order-frequency")).toBe(2);
  expect(own("cohort-retention")).toEqual(whole);
  expect(session.brushing.filterOn("cohort-retention")).toBeUndefined();
  expect(session.sqlOn(cell("cohort-retention"))).not.toContain("segment_labels");
  expect(session.sqlOn(cell("order-frequency"))).toContain("segment_labels");
  await session.undo();
  expect(session.filter).toBeUndefined();
  expect(session.brushing.daysOn("cohort-retention")).toBeUndefined();
  await session.redo();
  expect(session.brushing.daysOn("cohort-retention")).toEqual(january);
  session.brushing.clear();
  expect(session.filter).toBeUndefined();
  await settled();
  expect(customers("order-frequency")).toBe(4);
});

it("stays whole beside the rest of a filter, and is narrowed once another filter takes its place", async () => {
  await open("```filter channel=web\n```\n\n");
  session.brushing.end("cohort-retention", february);
  expect(session.filter).toEqual({ segments: { channel: ["web"] }, ...february });
  expect(session.brushing.filterOn("cohort-retention")).toEqual({ segments: { channel: ["web"] } });
  await settled();
  session.setFilter({ segments: { channel: ["web"] }, ...january });
  expect(session.brushing.filterOn("cohort-retention")).toEqual(session.filter);
  await settled();
  await follows("order-frequency", 1);
});

it("gives the figures of data that came later", async () => {
  session.brushing.move("cohort-retention", january, ids);
  await follows("order-frequency", 2);
  session.brushing.end("cohort-retention", january);
  const more = `customer,order id,date,amount,channel\neve,7,2025-01-20,5.00,web\n`;
  await session.importFiles([new File([more], "more.csv")]);
  await settled();
  await follows("order-frequency", 3);
});

it("follows no range where a mark names the customers, whom the days might change", async () => {
  const mark = "mark=order-frequency row_orders=2";
  await open(`\`\`\`filter ${mark}\n\`\`\`\n\n`);
  await follows("order-frequency", 2);
  session.brushing.move("cohort-retention", february, ids);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(customers("order-frequency")).toBe(2);
  session.brushing.end("cohort-retention", { firstFrom: "2025-01-06", firstUntil: "2025-01-31" });
  await settled();
  await follows("order-frequency", 1);
});
