import { readerQuery } from "../catalog/readerQuery.ts";
import type { Cell, SqlCell } from "../notebook/notebook.ts";

/**
 * Cells of SQL whose text was changed and that wait to be run, as they ran last, by id: what the other cells
 * read until then.
 */
export type HeldCells = ReadonlyMap<string, SqlCell>;

/** A cell is held from its first change on. */
export function hold(held: HeldCells, cell: Cell | undefined): HeldCells {
  return cell?.type !== "sql" || held.has(cell.id) ? held : new Map(held).set(cell.id, cell);
}

export function release(held: HeldCells, cellId: string): HeldCells {
  return new Map([...held].filter(([id]) => id !== cellId));
}

/** Those that are still there and compute something else than they did. */
export function stillHeld(held: HeldCells, cells: readonly Cell[]): HeldCells {
  if (held.size === 0) return held;
  const differs = ([id, ran]: [string, SqlCell]) => {
    const cell = cells.find((one) => one.id === id);
    return cell?.type === "sql" && computationOf(cell) !== computationOf(ran);
  };
  return new Map([...held].filter(differs));
}

/** The cells as they run: those that are held as they ran last. */
export function standing(cells: readonly Cell[], held: HeldCells): readonly Cell[] {
  return held.size === 0 ? cells : cells.map((cell) => held.get(cell.id) ?? cell);
}

/**
 * What of a cell's text decides its result: its SQL and the front matter that is more than words and figures.
 * The whole text where that cannot be read.
 */
export function computationOf(cell: SqlCell): string {
  const known = computations.get(cell);
  if (known !== undefined) return known;
  const read = readComputation(cell);
  computations.set(cell, read);
  return read;
}

/** A cell is never changed, only replaced: it is read once. */
const computations = new WeakMap<SqlCell, string>();

function readComputation({ id, sql: text }: SqlCell): string {
  try {
    const { sql, params, needs, wants, isWholeShop, model, columns } = readerQuery(id, text);
    const asked = params.map(({ name, type, choices, default: value }) => [
      name,
      type,
      choices,
      value,
    ]);
    const answered = model === undefined ? [] : columns.map(({ name, type }) => [name, type]);
    return JSON.stringify([sql, asked, needs, wants, isWholeShop, model, answered]);
  } catch {
    return text;
  }
}
