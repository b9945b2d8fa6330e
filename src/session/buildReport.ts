import type { Engine } from "../engine/engine.ts";
import { linesOf } from "../intake/linesOf.ts";
import type { FilePlan as IntakePlan } from "../intake/plan.ts";
import type { Field } from "../intake/synonyms.ts";
import type {
  FileNote,
  FileReport,
  ImportReport,
  Question,
  Reject,
  Totals,
} from "../intake/report.ts";
import type { Words } from "./errorText.ts";
import { errorText, toRefusal } from "./errorText.ts";
import type { ReadFile } from "./loadFile.ts";
import { readRow, statement } from "./pipeline.ts";
import type { Step } from "./source.ts";

/** What an import came to, from the tables it made. Rows tie: read = kept + merged + excluded + rejected. */
export async function buildReport(
  engine: Engine,
  files: ReadFile[],
  hasOrders: boolean,
  words: Words,
): Promise<ImportReport> {
  const reports: FileReport[] = [];
  for (const file of files) reports.push(await reportFile(engine, file, words));
  settleByOrders(reports);
  return { files: reports, totals: hasOrders ? await readTotals(engine) : noTotals };
}

const noTotals: Totals = {
  orders: 0,
  ordersWithoutCustomer: 0,
  customers: 0,
  gross: "0.00",
  refunds: "0.00",
  net: "0.00",
  unbookedRefunds: "0.00",
  currency: null,
  firstDate: null,
  lastDate: null,
};

/** The orders say in which currency the shop counts; its costs are not asked again. */
function settleByOrders(reports: FileReport[]): void {
  const orders = reports.filter(({ kind }) => kind === "orders" || kind === "lines");
  const isOpen = orders.some(({ questions }) => questions.some(({ id }) => id === "currency"));
  if (orders.length === 0 || isOpen) return;
  for (const report of reports) {
    report.questions = report.questions.filter(({ id }) => id !== "currency");
  }
}

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
  if (plan.error) report.error = errorText(words, toRefusal(plan));
  if (plan.kind === "refused") return report;
  const variables = { file: plan.name };
  const steps = await readRecords(engine, "report_steps", variables);
  file.steps = steps.map(toStep);
  for (const { step, ...reason } of file.steps) {
    report.rows[step as keyof FileReport["rows"]] += reason.rows;
    report.reasons.push(reason);
  }
  const notes = cutNotes(file);
  if (notes.length > 0) report.notes = notes;
  await addNotes(engine, report);
  report.rejects = await locateRejects(engine, file);
  const { kept, merged, excluded, rejected } = report.rows;
  report.rows.read = kept + merged + excluded + rejected;
  return report;
}

/** How well a file fits the others, and what was put together in it. */
async function addNotes(engine: Engine, report: FileReport): Promise<void> {
  for (const { note, count, of, amount, examples } of await readRecords(engine, "report_notes", {
    file: report.name,
  })) {
    if (note === "matched") report.matched = { customers: Number(count), of: Number(of) };
    else
      (report.notes ??= []).push({
        note: String(note),
        count: Number(count),
        of: Number(of),
        amount: toMoney(String(amount)),
        examples: String(examples) === "" ? [] : String(examples).split("\n"),
      });
  }
}

/** What the repair put right, and the lines that were taken for no rows. */
function cutNotes({ plan, repair }: ReadFile): FileNote[] {
  const preamble = repair?.skipped.preamble ?? Math.max(0, plan.headerRow - 1);
  const { padded = 0, rejoined = 0, read: of = 0 } = repair ?? {};
  const counts = { padded, rejoined, preamble, footer: repair?.skipped.footer ?? 0 };
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([note, count]) => ({ note, count, of, amount: "0.00", examples: [] }));
}

/** The engine counts records; the reader's editor counts lines. */
async function locateRejects(engine: Engine, file: ReadFile): Promise<Reject[]> {
  const { plan, source } = file;
  const rows = await readRecords(engine, "report_rejects", { file: plan.name });
  const records = rows.map(({ line }) => Number(line));
  const lines = file.repair ? undefined : await linesOf(source.file, plan, records);
  const rejects = rows.map(({ column, value, error }, i) => ({
    line: file.repair?.lineOf(records[i] ?? 0) ?? lines?.get(records[i] ?? 0) ?? 0,
    column: columnOf(plan, String(column)),
    value: String(value),
    error: String(error),
  }));
  return [...rejects, ...(file.repair?.rejects ?? [])].sort((a, b) => a.line - b.line);
}

/** The tables know what a value was meant for; the reader knows the columns of the file. */
function columnOf({ columns, fields }: IntakePlan, meaning: string): string {
  const own = fields[meaning as Field]?.[0];
  if (own !== undefined) return columns[own] ?? meaning;
  const fits =
    meaning === "time"
      ? (["ordered_at", "paid_at"] as const)
      : (["amount", "cost", "unit_price"] as const);
  const place = fits.map((field) => fields[field]?.[0]).find((index) => index !== undefined);
  return place === undefined ? meaning : (columns[place] ?? meaning);
}

function toStep({ step, reason, rows, orders, amount }: Record<string, unknown>): Step {
  return {
    step: String(step),
    reason: String(reason),
    rows: Number(rows),
    orders: Number(orders),
    amount: toMoney(String(amount)),
  };
}

function toQuestion({ id, question, options, guess }: Question, words: Words): Question {
  const key = `question.${id.slice(id.lastIndexOf(":") + 1)}`;
  const said = words.text(key);
  return { id, question: said === key ? question : said, options, guess };
}

async function readTotals(engine: Engine): Promise<Totals> {
  const row = await readRow(engine, statement("staging", "report_totals"));
  return {
    orders: Number(row.orders),
    ordersWithoutCustomer: Number(row.orders_without_customer),
    customers: Number(row.customers),
    gross: toMoney(String(row.gross)),
    refunds: toMoney(String(row.refunds)),
    net: toMoney(String(row.net)),
    unbookedRefunds: toMoney(String(row.unbooked_refunds)),
    currency: toText(row.currency),
    firstDate: toText(row.first_date),
    lastDate: toText(row.last_date),
  };
}

async function readRecords(
  engine: Engine,
  id: string,
  variables: Record<string, string>,
): Promise<Record<string, unknown>[]> {
  const table = await engine.query(statement("staging", id), { variables });
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
