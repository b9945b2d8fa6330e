import type { ViteDevServer } from "vite";

/** The BG/NBD fit from customers to parameters, with gamma-gamma, on simulated customers. */
export async function benchModels(vite: ViteDevServer): Promise<void> {
  const { runModel } = (await vite.ssrLoadModule(
    "/models/runModel.ts",
  )) as typeof import("../../src/models/runModel.ts");
  console.log("\nBG/NBD and gamma-gamma, fitted to simulated customers");
  let smallest: number | undefined;
  for (const customers of [10_000, 100_000, 1_000_000]) {
    const columns = simulate(customers);
    const times: number[] = [];
    for (let round = 0; round < 3; ++round) {
      const since = performance.now();
      runModel({ type: "clv-model", columns, params: { model: "bg-nbd" } });
      times.push(performance.now() - since);
    }
    const [, middle = 0] = times.toSorted((a, b) => a - b);
    smallest ??= middle;
    console.log(
      `  ${customers.toLocaleString("en").padStart(9)} customers ${(middle / 1000).toFixed(2)} s, ${(middle / smallest).toFixed(1)} × the time of 10,000`,
    );
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
