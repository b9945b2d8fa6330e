import type { ColumnFormat, FilePlan } from "./plan.ts";
import { sourceSql } from "./readCsvSql.ts";
import type { StagingOptions } from "./stagingSql.ts";
import type { Field } from "./synonyms.ts";
import { numberSql, timeSql } from "./valueSql.ts";

/** How many values of the whole file each reading fits. */
export interface Proof {
  dayFirst: number;
  monthFirst: number;
  point: number;
  comma: number;
}

/**
 * A statement that tries both readings of what the sample left open on every row: one row with the
 * columns of `Proof`. Undefined when nothing is open. A value such as 31/12 at row 30,001 settles it.
 */
export function proofSql(
  plan: FilePlan,
  path: string,
  { repaired = false }: StagingOptions = {},
): string | undefined {
  const open = plan.questions.map(({ id }) => id);
  const isDateOpen = open.includes("date-order") && plan.fields.ordered_at;
  const money = plan.fields.amount ? "amount" : "unit_price";
  const isDecimalOpen = open.includes("decimal") && plan.fields[money];
  if (!isDateOpen && !isDecimalOpen) return undefined;
  const columns: string[] = [];
  for (const [name, order] of [
    ["dayFirst", "day-first"],
    ["monthFirst", "month-first"],
  ] as const) {
    const format = plan.formats.ordered_at;
    const value =
      isDateOpen &&
      format &&
      timeSql(`c${plan.fields.ordered_at![0]}`, { ...format, date: { ...format.date, order } });
    columns.push(`${value ? `count(${value})` : "0"}::double as "${name}"`);
  }
  for (const [name, decimal] of [
    ["point", "."],
    ["comma", ","],
  ] as const) {
    const format = plan.formats[money];
    const number = format && { ...format.number, decimal, plain: false, plainDecimals: undefined };
    const value =
      isDecimalOpen &&
      format &&
      numberSql(`c${plan.fields[money]![0]}`, { ...format, number: number! });
    columns.push(`${value ? `count(${value})` : "0"}::double as "${name}"`);
  }
  return `select ${columns.join(", ")} from ${sourceSql(plan, path, repaired)}`;
}

/** The plan with what the proof settles settled; a question stays where both readings fit as many values. */
export function applyProof(
  plan: FilePlan,
  { dayFirst, monthFirst, point, comma }: Proof,
): FilePlan {
  const formats = { ...plan.formats };
  const settled: string[] = [];
  const time = formats.ordered_at;
  if (time && dayFirst !== monthFirst) {
    const order = dayFirst > monthFirst ? "day-first" : "month-first";
    // one file writes its dates in one way
    for (const [field, format] of Object.entries(formats) as [Field, ColumnFormat][])
      formats[field] = { ...format, date: { ...format.date, order } };
    settled.push("date-order");
  }
  if (point !== comma)
    for (const field of ["amount", "unit_price", "refund", "discount", "quantity"] as const) {
      const format = formats[field];
      if (!format || !(format.number.ambiguous || field === "amount" || field === "unit_price"))
        continue;
      const decimal = point > comma ? "." : ",";
      const number = { ...format.number, decimal, plain: false, plainDecimals: undefined } as const;
      formats[field] = { ...format, number };
      if (!settled.includes("decimal")) settled.push("decimal");
    }
  return { ...plan, formats, questions: plan.questions.filter(({ id }) => !settled.includes(id)) };
}
