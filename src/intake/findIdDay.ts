import { cleanCell } from "./cleanCell.ts";
import type { IdDay } from "./plan.ts";
import type { TableFacts } from "./planColumns.ts";

const shapes: [RegExp, IdDay["pattern"]][] = [
  [/^(\D{0,3})(20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))\d{6,}$/, "%Y%m%d"],
  [/^()(\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))-\d{6,}$/, "%y%m%d"],
];

/**
 * Some shops write the day into the order id (E20260331142238…, 260801-1000…). It serves where the
 * file has no time of the order, only a late one, or blanks in it.
 */
export function findIdDay({
  kind,
  fields,
  confidence,
  profiles,
  structure,
}: TableFacts): IdDay | null {
  if (kind === "lines") return null; // the orders that they belong to say when
  const id = fields.get("order_id")?.[0];
  if (id === undefined) return null;
  const time = fields.get("ordered_at")?.[0];
  const isPayment = time !== undefined && fields.get("paid_at")?.[0] === time;
  const always = time === undefined || (confidence.get("ordered_at") ?? 1) <= 0.5;
  const hasBlanks = time !== undefined && profiles[time]!.filled < profiles[time]!.records;
  if (!always && (isPayment || !hasBlanks)) return null;
  const ids = structure.records.slice(0, 500).map(({ cells }) => cleanCell(cells[id] ?? ""));
  for (const [shape, pattern] of shapes) {
    const first = shape.exec(ids[0] ?? "");
    if (!first || !ids.every((text) => shape.exec(text)?.[1]!.length === first[1]!.length))
      continue;
    return { start: first[1]!.length, pattern, always };
  }
  return null;
}
