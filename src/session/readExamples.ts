import type { Engine } from "../engine/engine.ts";
import { cleanCell, isBlank } from "../intake/cleanCell.ts";
import type { FilePlan as IntakePlan } from "../intake/plan.ts";
import type { Role } from "../intake/report.ts";
import { numberSql, quoteText, timeSql } from "../intake/valueSql.ts";
import { readRow } from "./pipeline.ts";

/** A value as it stands in the file, and what it was read as. */
export interface Example {
  text: string;
  type: "time" | "number";
  /** `2024-04-03 14:05:00` or a decimal; null where the value could not be read */
  reading: string | null;
}

const times: readonly Role[] = ["ordered_at", "cancelled_at", "paid_at"];
const numbers: readonly Role[] = ["amount", "refund", "discount", "quantity", "unit_price"];
const longest = 60; // characters; a longer value is no time and no number

/** Of each time and number of a file one value, read by the very expressions that read them all. */
export async function readExamples(
  engine: Engine,
  plan: Pick<IntakePlan, "fields" | "formats" | "preview">,
): Promise<Partial<Record<Role, Example>>> {
  const asked = [...times, ...numbers].flatMap((role) => ask(plan, role));
  if (asked.length === 0) return {};
  const readings = asked.map(({ sql }, i) => `(${sql(`c${i}`)})::varchar as r${i}`);
  const texts = asked.map(({ text }, i) => `${quoteText(text)}::varchar as c${i}`);
  const row = await readRow(
    engine,
    `select ${readings.join(", ")} from (select ${texts.join(", ")})`,
  );
  return Object.fromEntries(
    asked.map(({ role, text, type }, i) => {
      const reading = row[`r${i}`];
      return [role, { text, type, reading: typeof reading === "string" ? reading : null }];
    }),
  );
}

interface Asked extends Pick<Example, "text" | "type"> {
  role: Role;
  sql: (column: string) => string;
}

function ask(
  { fields, formats, preview }: Pick<IntakePlan, "fields" | "formats" | "preview">,
  role: Role,
): Asked[] {
  const field = role === "amount" && !fields.amount ? "cost" : role;
  const place = fields[field]?.[0];
  const format = formats[field];
  if (place === undefined || !format) return [];
  const isShown = (value: string) =>
    !isBlank(cleanCell(value)) && value.length <= longest && !/\p{Cc}/u.test(value);
  const text = preview.map((cells) => cells[place] ?? "").find(isShown);
  if (text === undefined) return [];
  const type = times.includes(role) ? "time" : "number";
  const sql = (column: string) =>
    type === "time" ? timeSql(column, format) : numberSql(column, format);
  return [{ role, text, type, sql }];
}
