import { fold } from "../catalog/lexSql.ts";
import { queries } from "../catalog/queries.ts";
import { renameTable } from "../catalog/renameTable.ts";
import { renameCell, setText } from "../notebook/edits.ts";
import { cellsOf } from "../notebook/notebook.ts";
import type { Notebook, SqlCell } from "../notebook/notebook.ts";
import { readBy } from "./cellGraph.ts";
import type { HeldCells } from "./heldCells.ts";

const shopTables = new Set(
  queries.filter(({ folder }) => folder === "canonical" || folder === "marts").map(({ id }) => id),
);

/**
 * The document with another name for a cell of SQL, also in the cells that read it.
 *
 * @throws NameError; RangeError for a name that is none
 */
export function renameEverywhere(notebook: Notebook, cellId: string, name: string): Notebook {
  if (name === cellId) return notebook;
  const isTaken = ({ id }: { id: string }) => id !== cellId && fold(id) === fold(name);
  if (notebook.blocks.some(isTaken)) throw new NameError("taken", name);
  if (shopTables.has(fold(name))) throw new NameError("table", name);
  const cells = cellsOf(notebook);
  const cell = cells.find(({ id }) => id === cellId);
  const readers = cells.filter((other) => cell && readBy(other, cells).includes(cell));
  const renamed = readers.reduce(
    (document, reader) => setText(document, reader.id, rewrite(reader as SqlCell, cellId, name)),
    notebook,
  );
  return renameCell(renamed, cellId, name);
}

/** Cells that wait to be run, as they ran last, under the new name and reading it. */
export function renameHeld(held: HeldCells, cellId: string, name: string): HeldCells {
  return new Map(
    [...held].map(([id, ran]) => {
      const own = id === cellId ? name : id;
      return [own, { ...ran, id: own, sql: rewrite(ran, cellId, name) }];
    }),
  );
}

function rewrite({ id, sql }: SqlCell, from: string, to: string): string {
  try {
    return renameTable(sql, from, to);
  } catch {
    throw new NameError("inside", to, id);
  }
}

/** A name that a cell cannot have: another cell or a table has it, or one that reads the cell uses it. */
export class NameError extends RangeError {
  override name = "NameError";
  readonly code: "taken" | "table" | "inside";
  /** the cell that uses it */
  readonly cell: string | undefined;
  constructor(code: NameError["code"], name: string, cell?: string) {
    super(`name is taken: ${name}`);
    [this.code, this.cell] = [code, cell];
  }
}
