import { fold } from "../catalog/lexSql.ts";
import { tablesRead } from "../catalog/tablesRead.ts";
import type { Cell } from "../notebook/notebook.ts";

/** The cells that one names as tables, in the order in which it names them; itself is none. */
export function readBy(cell: Cell, cells: readonly Cell[]): Cell[] {
  return namesIn(cell).flatMap((name) =>
    cells.filter(({ id }) => id !== cell.id && fold(id) === name),
  );
}

/**
 * Every cell that one reads, itself or through others, each after those that it reads.
 *
 * @throws CircleError when it comes to read itself
 */
export function sourcesOf(cell: Cell, cells: readonly Cell[]): Cell[] {
  const found = new Set<Cell>();
  const walk = (at: Cell, way: readonly Cell[]): void => {
    if (way.includes(at)) throw new CircleError([...way.slice(way.indexOf(at)), at]);
    for (const source of readBy(at, cells)) {
      if (found.has(source)) continue;
      walk(source, [...way, at]);
      found.add(source);
    }
  };
  walk(cell, []);
  return [...found];
}

/** Whether a cell is read by another. */
export function isRead(cell: Cell, cells: readonly Cell[]): boolean {
  return cells.some(
    (other) => namesIn(other).includes(fold(cell.id)) && readBy(other, cells).includes(cell),
  );
}

/** A cell is never changed, only replaced: what it names is looked for once. */
const named = new WeakMap<Cell, readonly string[]>();

function namesIn(cell: Cell): readonly string[] {
  if (cell.type !== "sql") return [];
  const known = named.get(cell);
  if (known) return known;
  const names = tablesRead(cell.sql);
  named.set(cell, names);
  return names;
}

/** Cells that read each other in a circle. */
export class CircleError extends Error {
  override name = "CircleError";
  readonly way: string;
  constructor(cells: readonly Cell[]) {
    const way = cells.map(({ id }) => id).join(" → ");
    super(`cells read each other in a circle: ${way}`);
    this.way = way;
  }
}

/** A cell that another reads has no result. */
export class SourceError extends Error {
  override name = "SourceError";
  readonly cell: string;
  constructor(cell: string) {
    super(`cell has no result to read: ${cell}`);
    this.cell = cell;
  }
}
