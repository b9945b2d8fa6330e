import { describe, expect, it } from "vitest";
import type { ValidationColumns, ValidationParams } from "../../src/models/modelRequest.ts";
import { validationTable } from "../../src/models/validationTable.ts";
import { buyers, drawSplit } from "./drawBuyers.ts";
import { hasShop, readShop } from "./readShop.ts";
import { splitShop } from "./splitShop.ts";

const truth = [0.6, 8, 0.9, 2.5];
const drawn = drawSplit(2000, 5, buyers["bg-nbd"]!(truth), 40);
const few = drawSplit(300, 6, buyers["bg-nbd"]!(truth), 40); // for all models at once

function run(columns: ValidationColumns, params: ValidationParams = {}) {
  const { columns: table, notes, facts } = validationTable(columns, params);
  const codes = notes.map(({ code }) => code);
  return { table: table as Record<string, (number | null)[]>, codes, notes, facts: facts! };
}

const unhurried = { timeout: 60_000 }; // the machine may be busy

describe("clv-validation of customers drawn from the model", unhurried, () => {
  it("tracks what they bought, within its band, in total and week by week", () => {
    const { table, facts, codes } = run(drawn);
    const { week, actual, predicted, predicted_total, phase } = table;
    const actual_total = Array.from(table["actual_total"]!);
    expect(week).toEqual(Array.from({ length: 800 }, (_, i) => i + 1));
    expect(phase!.filter((one) => String(one) === "calibration")).toHaveLength(400);
    const running = Array.from(actual!).map(
      (
        (total) => (orders) =>
          (total += orders!)
      )(0),
    );
    expect(actual_total).toEqual(running);
    const { lower_total: lower, upper_total: upper } = table;
    const isBetween = (_: unknown, i: number) =>
      lower![i]! < predicted_total![i]! && upper![i]! > predicted_total![i]!;
    expect(week!.every(isBetween)).toBe(true);
    expect(sum(predicted!)).toBeCloseTo(predicted_total!.at(-1)!, 8);
    expect(actual_total!.at(-1)).toBeGreaterThan(table["lower_total"]!.at(-1)!);
    expect(actual_total!.at(-1)).toBeLessThan(table["upper_total"]!.at(-1)!);
    expect(Math.abs(facts["bias"] as number)).toBeLessThan(0.1);
    expect(codes).toEqual(["one-timers-alive"]);
  });

  it("gives the means by frequency, which add up to the total", () => {
    const { table, facts } = run(drawn, { view: "frequency", pool: 4 });
    expect(table["x"]).toEqual([0, 1, 2, 3, 4]);
    expect(table["is_pooled"]).toEqual([false, false, false, false, true]);
    const total = (name: string) =>
      sum(table["customers"]!.map((n, i) => n! * (table[name]![i] as number)));
    expect(sum(table["customers"]!)).toBe(2000);
    expect(total("actual_mean")).toBeCloseTo(facts["actual"] as number, 6);
    expect(Math.round(total("predicted_mean"))).toBe(facts["predicted"]);
    const inside = table["x"]!.filter(
      (_, i) =>
        table["lower"]![i]! < table["actual_mean"]![i]! &&
        table["upper"]![i]! > table["actual_mean"]![i]!,
    );
    expect(inside.length).toBeGreaterThanOrEqual(4);
    expect(run(drawn, { view: "frequency", pool: 1 }).table["x"]).toEqual([0, 1]);
  });

  it("compares models on the same holdout and chooses the one that they were drawn from", () => {
    const { table, notes, facts } = run(few, { view: "models" });
    expect(table["is_chosen"]!.filter(Boolean)).toHaveLength(1);
    expect(table["is_chosen"]![0]).toBe(true);
    expect(facts["model"]).toBe(table["model"]![0]);
    const row = (id: string) => table["model"]!.findIndex((model) => String(model) === id);
    const at = (name: string, id: string) => table[name]![row(id)]!;
    expect(at("rmse", "bg-nbd")).toBeLessThan(at("rmse", "nbd"));
    expect(String(at("reason", "nbd"))).toContain("total-off");
    expect(at("mae", "bg-nbd")).toBeLessThan(at("naive_mae", "bg-nbd"));
    expect(at("coverage", "bg-nbd")).toBeCloseTo(at("nominal_coverage", "bg-nbd"), 2);
    expect(at("nominal_coverage", "bg-nbd")).toBeGreaterThan(0.95);
    expect(notes.some(({ code }) => code.startsWith("best-by-"))).toBe(true);
    const rmse = table["rmse"]!.slice(1).filter((_, i) => table["reason"]![i + 1] !== null);
    expect(rmse.every((error) => error! >= at("rmse", String(facts["model"])))).toBe(true);
  });

  it("holds totals in its 95 % intervals some 95 times in 100", () => {
    const inside = Array.from({ length: 30 }, (_, seed) => {
      const { facts } = run(drawSplit(2000, 100 + seed, buyers["bg-nbd"]!(truth), 26), {
        view: "frequency",
      });
      const [lower, actual, upper] = ["lower", "actual", "upper"].map((name) =>
        Number(facts[name]),
      );
      return actual! >= lower! && actual! <= upper!;
    }).filter(Boolean).length;

    expect(inside).toBeGreaterThanOrEqual(26); // of 30; fewer once in 60
  });

  it("gives the same digits for shuffled rows", () => {
    for (const view of ["tracking", "frequency"]) {
      expect(run(reverse(drawn), { view })).toEqual(run(drawn, { view }));
    }
    expect(run(reverse(few), { view: "models" })).toEqual(run(few, { view: "models" }));
  });
});

it("shows the NBD where nobody seems to drop out, and says so", unhurried, () => {
  const loyal = drawSplit(250, 9, buyers["nbd"]!([2, 20]), 40);
  const { facts, codes } = run(loyal, { model: "bg-nbd" });
  expect(facts["model"]).toBe("nbd");
  expect(codes).toEqual(expect.arrayContaining(["no-gain-over-nbd", "fallback-to-nbd"]));
  const { table } = run(loyal, { view: "models" });
  const bg = table["model"]!.findIndex((model) => String(model) === "bg-nbd");
  expect(table["reason"]![bg]).toContain("not-identifiable");
});

it("tracks the best, and says why it is", unhurried, () => {
  const { facts, notes } = run(few, { model: "best" });
  const { table } = run(few, { view: "models" });
  expect(facts["model"]).toBe(table["model"]![0]);
  expect(notes.find(({ code }) => code.startsWith("best-by-"))!.model).toBe(facts["model"]);
});

it("labels a total that is off by more than 20 %", unhurried, (context) => {
  if (!hasShop("superstore")) context.skip("needs ../shared/data");
  const { codes, notes, facts } = run(
    splitShop(readShop("superstore"), "2018-12-31", "2019-12-30"),
  );
  expect(codes).toContain("holdout-under");
  expect(notes.find(({ code }) => code === "holdout-under")!.value).toBe(30);
  expect(facts).toMatchObject({ model: "nbd", actual: 1662, predicted: 1158, weeks: 52 });
});

describe("refuses by code", () => {
  const code = (change: Partial<ValidationColumns>, params = {}) => {
    try {
      run({ ...drawn, ...change }, params);
    } catch (error) {
      return (error as { code: string }).code;
    }
    return undefined;
  };

  it("a split that leaves nothing before or after it", () => {
    const [split, last] = [drawn.split_day, drawn.last_day];
    expect(code({ split_day: last })).toBe("empty-holdout");
    expect(code({ last_day: split.map((day) => day - 5) })).toBe("empty-holdout");
    expect(code({ section: drawn.section.map((one) => (one === 1 ? 2 : one)) })).toBe(
      "empty-calibration",
    );
  });

  it("customers who say nothing", () => {
    const nobody = drawn.x.map(() => 0);
    expect(code({ x: nobody, t_x_days: nobody })).toBe("too-few-repeat-buyers");
    const first = (values: Float64Array) => values.slice(0, 2);
    const one = Object.fromEntries(
      Object.entries(drawn).map(([name, values]) => [name, first(values as Float64Array)]),
    ) as unknown as ValidationColumns;
    expect(code(one)).toBe("too-few-repeat-buyers");
  });

  it("columns and params that do not fit", () => {
    expect(code({ section: drawn.section.map(() => 1) })).toBe("invalid-columns");
    expect(code({ section: drawn.section.with(5, 3) })).toBe("invalid-columns");
    expect(code({ orders: drawn.orders.with(5, 0.5) })).toBe("invalid-columns");
    expect(code({ T_days: drawn.T_days.with(5, -1) })).toBe("invalid-columns");
    expect(code({}, { view: "crystal" })).toBe("invalid-parameter");
    expect(code({}, { pool: 0 })).toBe("invalid-parameter");
    expect(code({}, { model: "crystal-ball" })).toBe("unknown-model");
    expect(code({}, { model: "bg-bb" })).toBe("unknown-model");
    expect(code({}, { model: "bg-cnbd-k" })).toBe("missing-columns"); // without gaps
  });
});

it("is never NaN at the extremes", unhurried, () => {
  const base = { x: [0, 500, 1, 3, 2], t: [0, 35_000, 0, 1, 900], T: [0, 35_000, 0, 900, 900] };
  const rows = base.x.length + 1;
  const from = (values: number[]) => Float64Array.from([0, ...values]);
  for (const orders of [0, 400]) {
    for (const customers of [40, 1e6]) {
      const columns: ValidationColumns = {
        section: from(base.x.map(() => 1)),
        first_day: new Float64Array(rows),
        split_day: from([]).fill(35_000).with(0, 35_000),
        last_day: Float64Array.of(35_001),
        x: from(base.x),
        t_x_days: from(base.t),
        T_days: from(base.T),
        customers: from(base.x.map(() => customers)),
        week: new Float64Array(rows),
        orders: from(base.x.map(() => orders)),
      };
      for (const view of ["tracking", "frequency", "models"]) {
        const { table, facts } = run(columns, { view });
        const cells = [...Object.values(table), Object.values(facts)].flatMap((column) => [
          ...column,
        ]);
        const isBroken = (cell: unknown) => typeof cell === "number" && !Number.isFinite(cell);
        expect(cells.length).toBeGreaterThan(20);
        expect(cells.filter(isBroken)).toEqual([]);
      }
    }
  }
});

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, value) => total + Number(value), 0);
}

function reverse(columns: ValidationColumns): ValidationColumns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, (values as Float64Array).toReversed()]),
  ) as unknown as ValidationColumns;
}
