import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** Real shops that cannot be kept in this repository; tests that need one skip where it is missing. */
const folder = new URL("../../../shared/data/", import.meta.url);

export type ShopName = "cdnow_sample" | "cdnow_full" | "apparel" | "superstore" | "uci_retail";

const files: Record<ShopName, string> = {
  cdnow_sample: "CDNOW_sample.txt",
  cdnow_full: "CDNOW_master.txt.gz",
  apparel: "clvtools_apparelTrans.csv",
  superstore: "superstore_utf8_bom.csv.gz",
  uci_retail: "uci_online_retail_2010_2011.csv.gz",
};

export function hasShop(name: ShopName): boolean {
  return existsSync(new URL(files[name], folder));
}

export interface Purchase {
  customer: string;
  /** since 1970 */
  day: number;
  amount: number;
}

/** every line of a shop's file, cleaned as its golden file's `meta.clean` says */
export function readShop(name: ShopName): Purchase[] {
  const bytes = readFileSync(new URL(files[name], folder));
  const text = (files[name].endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const lines = text.trim().split(/\r?\n/);
  return lines.slice(name === "cdnow_sample" ? 0 : 1).flatMap((line) => parsers[name](line) ?? []);
}

/** x, t_x, T in days, the sum of the gaps' logarithms (weeks) and the mean of the repeat days with a positive amount, per customer */
export function summarizeShop(purchases: readonly Purchase[], periodEnd: string) {
  const end = Date.parse(periodEnd) / 86_400_000;
  const customers = new Map<string, Map<number, number>>();
  for (const { customer, day, amount } of purchases) {
    if (day > end) continue;
    const days = customers.get(customer) ?? new Map<number, number>();
    customers.set(customer, days);
    days.set(day, (days.get(day) ?? 0) + amount);
  }
  const n = customers.size;
  const columns = {
    x: new Float64Array(n),
    t_x_days: new Float64Array(n),
    T_days: new Float64Array(n),
    monetary: new Float64Array(n),
    log_gaps: new Float64Array(n),
    customers: new Float64Array(n).fill(1),
  };
  [...customers.values()].forEach((days, i) => {
    const dates = [...days.keys()].sort((a, b) => a - b);
    const repeats = dates.slice(1).map((date) => days.get(date)!);
    columns.x[i] = repeats.length;
    columns.t_x_days[i] = dates.at(-1)! - dates[0]!;
    columns.T_days[i] = end - dates[0]!;
    columns.log_gaps[i] = dates
      .slice(1)
      .reduce((sum, date, j) => sum + Math.log((date - dates[j]!) / 7), 0);
    columns.monetary[i] = repeats.reduce((sum, m) => sum + m, 0) / Math.max(1, repeats.length);
  });
  return columns;
}

const parsers: Record<ShopName, (line: string) => Purchase | undefined> = {
  cdnow_sample: (line) => toCdnow(line.trim().split(/ +/).slice(1)),
  cdnow_full: (line) => toCdnow(line.trim().split(/ +/)),
  apparel(line) {
    const [customer, date, price] = line.split(",");
    return { customer: customer!, day: toDay(date!), amount: Number(price) };
  },
  superstore(line) {
    const cells = splitCsv(line);
    const [month, day, year] = cells[2]!.split("/");
    const date = `${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}`;
    return { customer: cells[5]!, day: toDay(date), amount: Number(cells[17]) };
  },
  uci_retail(line) {
    const cells = splitCsv(line);
    const [quantity, price] = [Number(cells[3]), Number(cells[5])];
    if (cells[6] === "" || cells[0]!.startsWith("C") || !(quantity > 0 && price > 0))
      return undefined;
    return { customer: cells[6]!, day: toDay(cells[4]!.slice(0, 10)), amount: quantity * price };
  },
};

function toCdnow([customer, date, , amount]: string[]): Purchase {
  const iso = `${date!.slice(0, 4)}-${date!.slice(4, 6)}-${date!.slice(6)}`;
  return { customer: customer!, day: toDay(iso), amount: Number(amount) };
}

function toDay(iso: string): number {
  return Date.parse(iso) / 86_400_000;
}

function splitCsv(line: string): string[] {
  if (!line.includes('"')) return line.split(",");
  const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? [];
  return cells.map((cell) => cell.replace(/,$/, "").replace(/^"|"$/g, ""));
}
