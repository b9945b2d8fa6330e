import type { Engine } from "../engine/engine.ts";
import { linesOf } from "../intake/linesOf.ts";
import type { RepairedFile } from "../intake/repairFile.ts";
import type { FileReport, ImportReport, Question, Reject, Totals } from "../intake/report.ts";
import type { Words } from "./errorText.ts";
import { refusalText } from "./errorText.ts";
import { isOrderKind } from "./importSources.ts";
import type { ReadFile } from "./importSources.ts";
import { readRow } from "./pipeline.ts";

/** What an import came to, from the tables it made. Rows tie: read = kept + merged + excluded + rejected. */
export async function buildReport(
  engine: Engine,
  files: ReadFile[],
  hasOrders: boolean,
  words: Words,
): Promise<ImportReport> {
  const reports: FileReport[] = [];
  for (const file of files) reports.push(await reportFile(engine, file, words));
  return { files: reports, totals: hasOrders ? await readTotals(engine) : noTotals };
}

const noTotals: Totals = {
  orders: 0,
  ordersWithoutCustomer: 0,
  customers: 0,
  gross: "0.00",
  refunds: "0.00",
  net: "0.00",
  currency: null,
  firstDate: null,
  lastDate: null,
};

const stepsSql = `select step, reason, rows::double as rows, orders::double as orders, amount::varchar as amount
from reconciliation_steps, (select getvariable('file')::varchar as wanted)
where file = wanted and step != 'read'`;

const rejectsSql = `select line::double as line, column_name, value, error
from rejects, (select getvariable('file')::varchar as wanted)
where file = wanted
order by line`;

async function reportFile(engine: Engine, file: ReadFile, words: Words): Promise<FileReport> {
  const { plan } = file;
  const report: FileReport = {
    name: plan.name,
    kind: plan.kind,
    platform: plan.platform,
    encoding: file.repair?.encoding ?? plan.encoding,
    delimiter: plan.delimiter,
    headerRow: plan.headerRow,
    grain: plan.grain,
    mapping: plan.mapping,
    rows: { read: 0, kept: 0, merged: 0, excluded: 0, rejected: 0 },
    reasons: [],
    rejects: [],
    questions: plan.questions.map((question) => toQuestion(question, words)),
  };
  if (plan.error) {
    report.error = { code: plan.error.code, message: refusalText(words, plan.error, plan.name) };
  }
  if (!isOrderKind(plan) && plan.kind !== "costs") return report;
  const variables = { file: plan.name };
  const steps = await readRecords(engine, stepsSql, variables);
  for (const { step, reason, rows, orders, amount } of steps) {
    const name = String(step) as keyof FileReport["rows"];
    report.rows[name] += Number(rows);
    report.reasons.push({
      reason: reason === null ? name : String(reason),
      rows: Number(rows),
      orders: Number(orders),
      amount: toMoney(String(amount)),
    });
  }
  report.rejects = await locateRejects(engine, file);
  report.rows.rejected += file.repair?.rejected ?? 0;
  const { kept, merged, excluded, rejected } = report.rows;
  report.rows.read = kept + merged + excluded + rejected;
  if (file.repair) addReasons(report, file.repair);
  return report;
}

/** The engine counts records; the reader's editor counts lines. */
async function locateRejects(engine: Engine, file: ReadFile): Promise<Reject[]> {
  const { plan, source } = file;
  const rows = await readRecords(engine, rejectsSql, { file: plan.name });
  const records = rows.map(({ line }) => Number(line));
  const lines = file.repair ? undefined : await linesOf(source.file, plan, records);
  const rejects = rows.map(({ column_name, value, error }, i) => ({
    line: file.repair?.lineOf(records[i] ?? 0) ?? lines?.get(records[i] ?? 0) ?? 0,
    column: String(column_name),
    value: value === null ? "" : String(value),
    error: String(error).replace(/^rejected:/, ""),
  }));
  return [...rejects, ...(file.repair?.rejects ?? [])].sort((a, b) => a.line - b.line);
}

/** The repair names the first thousand of its rejects and counts the others. */
function addReasons(report: FileReport, { rejects, rejected }: RepairedFile): void {
  const counts = new Map<string, number>();
  for (const { error } of rejects) counts.set(error, (counts.get(error) ?? 0) + 1);
  if (rejected > rejects.length) counts.set("more", rejected - rejects.length);
  for (const [reason, rows] of counts) {
    report.reasons.push({ reason, rows, orders: 0, amount: "0.00" });
  }
}

function toQuestion({ id, question, options, guess }: Question, words: Words): Question {
  const key = `question.${id.slice(id.lastIndexOf(":") + 1)}`;
  const said = words.text(key);
  return { id, question: said === key ? question : said, options, guess };
}

async function readTotals(engine: Engine): Promise<Totals> {
  const row = await readRow(
    engine,
    `select
       count(*)::double as orders,
       (count(*) filter (where customer_key is null))::double as without_customer,
       (select count(*) from customers)::double as customers,
       coalesce(sum(gross), 0)::varchar as gross,
       (coalesce(sum(refund), 0) + (select coalesce(-sum(amount), 0) from reconciliation_steps where reason = 'refund-without-order'))::varchar as refunds,
       (coalesce(sum(net), 0) + (select coalesce(sum(amount), 0) from reconciliation_steps where reason = 'refund-without-order'))::varchar as net,
       (select currency from dataset) as currency,
       min(order_date)::varchar as first_date,
       max(order_date)::varchar as last_date
     from orders`,
  );
  return {
    orders: Number(row.orders),
    ordersWithoutCustomer: Number(row.without_customer),
    customers: Number(row.customers),
    gross: toMoney(String(row.gross)),
    refunds: toMoney(String(row.refunds)),
    net: toMoney(String(row.net)),
    currency: toText(row.currency),
    firstDate: toText(row.first_date),
    lastDate: toText(row.last_date),
  };
}

async function readRecords(
  engine: Engine,
  sql: string,
  variables: Record<string, string>,
): Promise<Record<string, unknown>[]> {
  const table = await engine.query(sql, { variables });
  const columns = table.schema.fields.map(({ name }) => [name, table.getChild(name)] as const);
  return Array.from({ length: table.numRows }, (_, i) =>
    Object.fromEntries(columns.map(([name, vector]) => [name, vector?.get(i) as unknown])),
  );
}

/** At least two decimals, as many as the amount has: 12.3400 is 12.34, 0.0370 is 0.037. */
export function toMoney(decimal: string): string {
  const [whole = "0", fraction = ""] = decimal.split(".");
  return `${whole}.${fraction.replace(/0+$/, "").padEnd(2, "0")}`;
}

function toText(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
