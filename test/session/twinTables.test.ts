import { afterAll, beforeAll, expect, it } from "vitest";
import type { Engine } from "../../src/engine/engine.ts";
import { buildTables, layOutTables, statement } from "../../src/session/pipeline.ts";
import { openNative } from "../queries/openNative.ts";
import { openWasm } from "../queries/openWasm.ts";
import type { Runner } from "../queries/runner.ts";

let runners: Runner[] = [];
beforeAll(async () => {
  runners = await Promise.all([openNative(), openWasm()]);
}, 30_000);
afterAll(() => Promise.all(runners.map((runner) => runner.close())));

/** As much of an engine as the pipeline asks for. */
function toEngine(runner: Runner): Engine {
  const query: Engine["query"] = async (sql, { variables = {} } = {}) => {
    const { names, rows } = await runner.read(sql, variables);
    const column = (name: string) => ({
      get: (row: number) => rows[row]?.[names.indexOf(name)] ?? null,
    });
    const table = { numRows: rows.length, schema: { fields: names.map((name) => ({ name })) } };
    return { ...table, getChild: column } as unknown as Awaited<ReturnType<Engine["query"]>>;
  };
  return { query, setCompression: async () => undefined } as unknown as Engine;
}

/** Rows as their staging statements would have left them: three order files, one of lines, people. */
const staged = `insert into staged by name
  select file_no, order_id, customer_id, spelling, ordered_at::timestamp as ordered_at,
    amount::decimal(18, 4) as amount, refund::decimal(18, 4) as refund, sku, channel, verdict
  from (values
    (1, 'A1', 'ada', 'ada ', '2025-01-02', 10.00, 0, 'tea', 'web', null),
    (1, 'A2', 'bob', null, '2025-01-05', 20.00, 0, 'cup', 'wechat', null),
    (1, 'A3', null, null, '2025-01-06', 5.00, 0, 'cup', null, null),
    (1, 'A4', 'cay', null, '2025-01-07', 5.00, 0, 'cup', null, 'excluded:cancelled'),
    (2, 'A2', 'bob', null, '2025-01-05', 20.00, 4.00, 'cup', 'wechat', null),
    (2, 'A5', 'ada', null, '2025-02-05', 7.00, 0, 'pot', 'web', null),
    (3, 'A1', null, null, null, 6.00, null, 'tea', null, null),
    (3, 'A1', null, null, null, 4.00, null, 'lid', null, null),
    (3, 'Z9', null, null, null, 4.00, null, 'lid', null, null),
    (4, null, 'dan', null, '2025-01-09', 3.00, 0, null, null, null),
    (5, null, 'dan', null, '2025-01-09', 3.00, 0, null, null, null),
    (5, null, 'dan', null, '2025-03-09', null, 0, null, null, 'rejected:amount')
  ) as t(file_no, order_id, customer_id, spelling, ordered_at, amount, refund, sku, channel, verdict)`;

const contacts = `insert into staged_contacts by name
  select file_no, file_kind, row_no, customer_id, referee_id, order_id,
    happened_at::timestamp as happened_at, channel, tags, tier, score::decimal(18, 4) as score, verdict
  from (values
    (6, 'customers', 1, 'ada', null, null, '2024-12-02', 'wechat', 'b、a', 'gold', null, null),
    (6, 'customers', 2, 'ada', null, null, '2024-11-02', 'web', 'a', 'iron', null, null),
    (6, 'customers', 3, 'zoe', null, null, null, 'web', null, null, null, null),
    (6, 'customers', 4, null, null, null, null, 'web', null, null, null, 'excluded:no-customer'),
    (7, 'touches', 1, 'bob', null, null, '2025-01-02', 'sms', null, null, null, null),
    (7, 'touches', 2, 'bob', null, null, '2025-01-02', 'sms', null, null, null, null),
    (8, 'touches', 1, 'bob', null, null, '2025-01-02', 'sms', null, null, null, null),
    (9, 'referrals', 1, 'ada', 'bob', null, '2025-01-01', null, null, null, null, null),
    (10, 'ratings', 1, null, null, 'A1', '2025-01-04', null, null, null, 4.5, null),
    (10, 'ratings', 2, null, null, 'A1', null, null, null, null, null, 'rejected:score')
  ) as t(file_no, file_kind, row_no, customer_id, referee_id, order_id, happened_at, channel, tags, tier, score, verdict)`;

const kinds = ["orders", "orders", "lines", "orders", "orders", "customers", "touches", "touches"];

async function build(runner: Runner): Promise<Record<string, unknown[][]>> {
  const engine = toEngine(runner);
  await layOutTables(engine, { compressed: false });
  await runner.run(staged);
  await runner.run(contacts);
  for (const [i, kind] of [...kinds, "referrals", "ratings"].entries())
    await engine.query(statement("staging", "note_file"), {
      variables: {
        file_no: i + 1,
        file: `file ${i + 1}`,
        kind,
        amount_level: kind === "lines" ? "line" : "order",
        refund_level: "order",
      },
    });
  await buildTables(engine);
  const tables =
    "orders order_lines customers contacts touches referrals ratings reconciliation_steps rejects file_notes dataset";
  const found: Record<string, unknown[][]> = {};
  for (const table of tables.split(" ")) {
    const { rows } = await runner.read(`select columns(*)::varchar from ${table} order by all`);
    found[table] = rows;
  }
  return found;
}

it("the page's engine and the native one make the same tables of several files", async () => {
  const [native, wasm] = [await build(runners[0]!), await build(runners[1]!)];
  expect(wasm).toEqual(native);
  const brief = native.reconciliation_steps!.map(([name, step, reason, rows]) =>
    [name, step, reason ?? "", rows].filter((part) => part !== "").join(" · "),
  );
  expect(brief).toEqual([
    "file 1 · excluded · cancelled · 1",
    "file 1 · kept · 2",
    "file 1 · merged · other-file-differs · 1",
    "file 10 · kept · 1",
    "file 10 · rejected · score · 1",
    "file 2 · kept · 2",
    "file 3 · excluded · not-in-orders · 1",
    "file 3 · merged · items · 2",
    "file 4 · kept · 1",
    "file 5 · merged · other-file · 1",
    "file 5 · rejected · amount · 1",
    "file 6 · excluded · no-customer · 1",
    "file 6 · kept · no-order · 1",
    "file 6 · kept · 1",
    "file 6 · merged · same-customer · 1",
    "file 7 · kept · 2",
    "file 8 · merged · other-file · 1",
    "file 9 · kept · 1",
  ]);
  expect(native.contacts).toEqual([
    ["ada", "2024-11-02", null, "web", "public", null, "gold", "a, b", null],
    ["zoe", null, null, "web", "public", null, null, null, null],
  ]);
}, 60_000);
