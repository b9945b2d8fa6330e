import type { ValidationColumns } from "../../src/models/modelRequest.ts";
import type { Purchase } from "./readShop.ts";

/** What the query of clv-validation asks of a shop, by a fold over its purchases: a row a customer. */
export function splitShop(
  purchases: readonly Purchase[],
  split: string,
  end: string,
): ValidationColumns {
  const [splitDay, lastDay] = [split, end].map((iso) => Date.parse(iso) / 86_400_000) as [
    number,
    number,
  ];
  const daysOf = new Map<string, Set<number>>();
  for (const { customer, day } of purchases) {
    if (day > lastDay) continue;
    const days = daysOf.get(customer) ?? new Set<number>();
    daysOf.set(customer, days.add(day));
  }
  const customers = [...daysOf.values()].map((days) => [...days].sort((a, b) => a - b));
  const firstDay = Math.min(...customers.map(([first]) => first!));
  const rows = [toRow({ first_day: firstDay, split_day: splitDay, last_day: lastDay })];
  const weekly = new Map<number, number>();
  for (const days of customers) {
    const before = days.filter((day) => day <= splitDay);
    const [first] = before;
    if (first === undefined) continue;
    rows.push(
      toRow({
        section: 1,
        x: before.length - 1,
        t_x_days: before.at(-1)! - first,
        T_days: splitDay - first,
        orders: days.length - before.length,
        customers: 1,
        log_gaps: before
          .slice(1)
          .reduce((sum, day, i) => sum + Math.log((day - before[i]!) / 7), 0),
      }),
    );
    for (const day of days.slice(1)) {
      const week = Math.ceil((day - firstDay) / 7);
      weekly.set(week, (weekly.get(week) ?? 0) + 1);
    }
  }
  for (const [week, orders] of weekly) rows.push(toRow({ section: 2, week, orders }));
  return toColumns(rows);
}

type Row = Record<keyof ValidationColumns, number>;

function toRow(cells: Partial<Row>): Row {
  const frame = { first_day: 0, split_day: 0, last_day: 0, section: 0 };
  return {
    ...frame,
    x: 0,
    t_x_days: 0,
    T_days: 0,
    customers: 0,
    week: 0,
    orders: 0,
    log_gaps: 0,
    ...cells,
  };
}

function toColumns(rows: Row[]): ValidationColumns {
  const names = Object.keys(rows[0]!) as (keyof ValidationColumns)[];
  return Object.fromEntries(
    names.map((name) => [name, Float64Array.from(rows, (row) => row[name])]),
  ) as unknown as ValidationColumns;
}
