import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Level } from "../../src/catalog/query.ts";
import type { Rows } from "../../src/report/countedUnits.ts";
import { withheldRows } from "../../src/report/withheldRows.ts";

const smallest = 5;

describe("a table of counts beside its totals", () => {
  const shape = { rows: 3, columns: 3 };
  const counts = fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 9, maxLength: 9 });

  it("leaves for every count of 1 to 4 another that fits all that is published", async () => {
    await fc.assert(
      fc.asyncProperty(counts, async (cells) => {
        const published = await publish(cells);
        for (const { places, value } of published.secrets)
          expect([cells, places, value, canDiffer(published, places, value)]).toEqual([
            cells,
            places,
            value,
            true,
          ]);
      }),
      { numRuns: 400 },
    );
  });

  it("withholds nothing where no count is small", async () => {
    const cells = [5, 6, 7, 8, 9, 10, 11, 12, 0];
    expect((await publish(cells)).hidden.filter(Boolean)).toEqual([]);
  });

  interface Published {
    /** of the cells */
    hidden: boolean[];
    /** what cells sum to, of those totals that are published */
    sums: { places: number[]; total: number }[];
    cells: number[];
    /** cells from 1 to 4 */
    secrets: { places: number[]; value: number }[];
  }

  /** The table, that of each of its margins, and the total: four tables of one file. */
  async function publish(cells: number[]): Promise<Published> {
    const places = [...cells.keys()];
    const lines = (of: (place: number) => number) =>
      Array.from({ length: 3 }, (_, i) => places.filter((place) => of(place) === i));
    const margins = [
      lines((place) => Math.floor(place / shape.columns)),
      lines((place) => place % shape.columns),
      [places],
    ];
    const sumOf = (list: number[]) => list.reduce((sum, place) => sum + cells[place]!, 0);
    const hidden = await hide(
      ["a", "b"],
      places.map((place) => ({ a: place / 3 - ((place / 3) % 1), b: place % 3, n: cells[place] })),
    );
    const published: number[][] = [];
    for (const lists of margins) {
      const rows = lists.map((list, i) => ({ a: i, n: sumOf(list) }));
      const shut = await hide(lists.length > 1 ? ["a"] : [], rows);
      published.push(...lists.filter((_, i) => !shut[i]));
    }
    const all = places.map((place) => [place]);
    return {
      hidden,
      cells,
      sums: published.map((list) => ({ places: list, total: sumOf(list) })),
      secrets: all
        .map((list) => ({ places: list, value: sumOf(list) }))
        .filter(({ value }) => value > 0 && value < smallest),
    };
  }

  async function hide(keys: string[], rows: Record<string, unknown>[]): Promise<boolean[]> {
    const level: Level = { isRunning: false, keys, apart: [], counts: [count("n")] };
    const [hidden] = await withheldRows([level], [{ rows: rowsOf(rows), told: [] }], { smallest });
    return Array.from(hidden!, Boolean);
  }
});

/** Whether another table has the same published cells and sums, and another sum at these places. */
function canDiffer(
  {
    hidden,
    cells,
    sums,
  }: { hidden: boolean[]; cells: number[]; sums: { places: number[]; total: number }[] },
  places: number[],
  value: number,
): boolean {
  const table = cells.map((cell, i) => (hidden[i] ? Number.NaN : cell));
  const open = [...cells.keys()].filter((i) => hidden[i]);
  // a withheld cell has somebody in it, but where all are withheld
  const least = open.length < cells.length ? 1 : 0;
  const search = (at: number): boolean => {
    for (const { places: list, total } of sums) {
      const known = list.filter((i) => !Number.isNaN(table[i]));
      const sum = known.reduce((soFar, i) => soFar + table[i]!, 0);
      const left = list.length - known.length;
      if (left === 0 ? sum !== total : sum + left * least > total) return false;
    }
    if (at === open.length) return places.reduce((sum, i) => sum + table[i]!, 0) !== value;
    const place = open[at]!;
    for (let guess = least; guess <= 30; ++guess) {
      table[place] = guess;
      if (search(at + 1)) return true;
    }
    table[place] = Number.NaN;
    return false;
  };
  return search(0);
}

describe("counts of a whole", () => {
  it("withholds a share whose remainder is small", async () => {
    const rows = [
      { cohort: "a", customers: 40, active: 38 },
      { cohort: "b", customers: 40, active: 20 },
      { cohort: "c", customers: 40, active: 30 },
    ];
    const level = {
      isRunning: false,
      keys: ["cohort"],
      apart: [],
      counts: [count("active", "customers")],
    };
    const [hidden] = await withheldRows([level], [{ rows: rowsOf(rows), told: [] }], { smallest });
    // the next smallest remainder goes too, or the total less the others would tell it
    expect([...hidden!]).toEqual([1, 0, 1]);
  });

  it("withholds every row of a cohort that is small, and another whole cohort with it", async () => {
    const sizes = { a: 3, b: 30, c: 20 };
    const rows = Object.entries(sizes).flatMap(([cohort, customers]) =>
      [0, 1].map((k) => ({ cohort, k, customers, active: k === 0 ? customers : 0 })),
    );
    const levels: Level[] = [
      { isRunning: false, keys: ["cohort"], apart: [], counts: [count("customers")] },
      {
        isRunning: false,
        keys: ["cohort", "k"],
        apart: [],
        counts: [count("active", "customers")],
      },
    ];
    const [hidden] = await withheldRows(levels, [{ rows: rowsOf(rows), told: [] }], { smallest });
    expect([...hidden!]).toEqual([1, 1, 0, 0, 1, 1]);
  });
});

describe("segments beside everybody", () => {
  const level = { isRunning: false, keys: ["period"], apart: [], counts: [count("n")] };
  const table = (...counts: number[]) => rowsOf(counts.map((n, i) => ({ period: `p${i}`, n })));

  it("withholds a row of another segment where everybody less the others would tell a small one", async () => {
    const whole = { rows: table(40, 60), hidden: new Uint8Array(2) };
    const parts = [table(22, 31), table(15, 19), table(3, 10)].map((rows) => ({ rows, told: [] }));
    const hidden = await withheldRows([level], parts, { smallest, whole });
    expect(hidden.map((flags) => flags[0])).toEqual([0, 1, 1]);
  });

  it("counts those of no segment as one more", async () => {
    const whole = { rows: table(40, 60), hidden: new Uint8Array(2) };
    const parts = [table(22, 31), table(15, 19)].map((rows) => ({ rows, told: [] }));
    const hidden = await withheldRows([level], parts, { smallest, whole });
    expect(hidden.map((flags) => flags[0])).toEqual([0, 1]);
  });

  it("withholds in every segment what everybody's table withholds", async () => {
    const whole = { rows: table(40, 60), hidden: Uint8Array.of(1, 0) };
    const parts = [table(20, 30), table(20, 30)].map((rows) => ({ rows, told: [] }));
    const hidden = await withheldRows([level], parts, { smallest, whole });
    expect(hidden.map((flags) => [...flags])).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });
});

function count(name: string, of?: string) {
  return { name, of };
}

function rowsOf(rows: Record<string, unknown>[]): Rows {
  return {
    length: rows.length,
    column: (name) => (name in (rows[0] ?? {}) ? (row) => rows[row]![name] : undefined),
  };
}
