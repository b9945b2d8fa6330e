import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ViteDevServer } from "vite";
import { hasShop, readShop, summarizeShop } from "../models/readShop.ts";

/**
 * The BG/NBD fit, from one row a customer to parameters with standard errors: ours, and where Python
 * with SciPy is at hand theirs, in turns over the same rows.
 */
export async function benchModels(vite: ViteDevServer): Promise<void> {
  const load = (path: string) => vite.ssrLoadModule(path);
  const { runModel } = (await load("/models/runModel.ts")) as RunModel;
  const { collapseHistory } = (await load("/models/buyingHistory.ts")) as BuyingHistory;
  const fitOurs = (columns: Customers) =>
    runModel({ type: "clv-model", columns: { ...columns, monetary: none(columns) }, params });
  console.log("\nBG/NBD, from customers to parameters with standard errors");
  let smallest: [number, number] | undefined;
  for (const [name, columns] of summaries()) {
    const times: number[] = [];
    const others: number[] = [];
    let gap = 0;
    for (let round = 0; round < 3; ++round) {
      const since = performance.now();
      const { columns: ours } = fitOurs(columns);
      times.push((performance.now() - since) / 1000);
      const theirs = fitWithScipy(columns);
      if (!theirs) continue;
      others.push(theirs.seconds);
      gap = Math.max(
        ...theirs.parameters.map((p, i) => Math.abs(p / Number(ours["estimate"]![i]) - 1)),
      );
    }
    const groups = collapseHistory({
      x: columns.x,
      tXDays: columns.t_x_days,
      TDays: columns.T_days,
    }).x.length;
    const took = median(times);
    smallest ??= [took, groups];
    const cost = `${((took / groups) * 1e6).toFixed(2)} µs a distinct (x, t_x, T)`;
    const against =
      others.length === 0
        ? "no Python with SciPy here"
        : `SciPy ${median(others).toFixed(2)} s: ${(median(others) / took).toFixed(0)} ×, parameters within ${gap.toExponential(0)}`;
    console.log(
      `  ${name.padEnd(11)} ${columns.x.length.toLocaleString("en").padStart(9)} customers, ${groups.toLocaleString("en")} groups: ${took.toFixed(3)} s, ${cost}; ${against}`,
    );
  }
}

type RunModel = typeof import("../../src/models/runModel.ts");
type BuyingHistory = typeof import("../../src/models/buyingHistory.ts");
type Customers = ReturnType<typeof simulate>;

const params = { model: "bg-nbd" };

function none({ x }: Customers): Float64Array {
  return new Float64Array(x.length);
}

function* summaries(): Generator<[string, Customers]> {
  if (hasShop("cdnow_full")) yield ["CDNOW", summarizeShop(readShop("cdnow_full"), "1997-09-30")];
  for (const customers of [10_000, 100_000, 1_000_000]) yield ["simulated", simulate(customers)];
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** undefined where there is no Python with SciPy */
function fitWithScipy({ x, t_x_days, T_days }: Customers) {
  const rows = new Float64Array(3 * x.length);
  for (let i = 0; i < x.length; ++i) rows.set([x[i]!, t_x_days[i]! / 7, T_days[i]! / 7], 3 * i);
  const folder = mkdtempSync(join(tmpdir(), "perennial-fit-"));
  try {
    const path = join(folder, "summary.bin");
    writeFileSync(path, rows);
    const script = join(import.meta.dirname, "fitWithScipy.py");
    const { status, stdout } = spawnSync("python3", [script, path], { encoding: "utf8" });
    if (status !== 0) return undefined;
    return JSON.parse(stdout) as { seconds: number; parameters: number[]; errors: number[] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Customers as BG/NBD has them (r .24, alpha 4.4, a .79, b 2.4; weeks), in whole days of two years. */
function simulate(customers: number) {
  let state = customers;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 4294967296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * random() ** (1 / shape);
    const d = shape - 1 / 3;
    for (;;) {
      const z = normal();
      const v = (1 + z / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(random()) < z * z * 0.5 + d - d * v + d * Math.log(v)) return d * v;
    }
  };
  const columns = {
    x: new Float64Array(customers),
    t_x_days: new Float64Array(customers),
    T_days: new Float64Array(customers),
    monetary: new Float64Array(customers),
    customers: new Float64Array(customers).fill(1),
  };
  for (let i = 0; i < customers; ++i) {
    const T = 30 + Math.floor(random() * 700);
    const perDay = gamma(0.24) / 4.4 / 7;
    const quit = gamma(0.79);
    const dropout = quit / (quit + gamma(2.4));
    const days = new Set<number>();
    for (let t = 0; ;) {
      if (days.size > 0 && random() < dropout) break;
      t += -Math.log(random()) / perDay;
      if (t >= T) break;
      if (Math.floor(t) > 0) days.add(Math.floor(t));
    }
    const spend = gamma(3.7) / 60;
    columns.x[i] = days.size;
    columns.t_x_days[i] = Math.max(0, ...days);
    columns.T_days[i] = T;
    columns.monetary[i] = days.size
      ? Math.round((gamma(6.2 * days.size) / days.size / spend) * 100) / 100
      : 0;
  }
  return columns;
}
