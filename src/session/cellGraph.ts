import { tablesRead } from "../catalog/tablesRead.ts";
import type { Cell } from "../notebook/notebook.ts";

/** The cells that one names as tables, in the order in which it names them; itself is none. */
export function readBy(cell: Cell, cells: readonly Cell[]): Cell[] {
  if (cell.type !== "sql") return [];
  return tablesRead(cell.sql).flatMap((name) =>
    cells.filter(({ id }) => id !== cell.id && (id === name || id.toLowerCase() === name)),
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
  return cells.some((other) => readBy(other, cells).includes(cell));
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
