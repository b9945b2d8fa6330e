import type { Cell, Session } from "../session/session.svelte.ts";
import type { SqlScope } from "./sqlCompletions.ts";

/** What the SQL of a cell can name: the shop's tables, the engine's functions, and the other cells. */
export async function scopeOf(session: Session, cell: Cell): Promise<SqlScope> {
  const cells = session.cells
    .filter(({ id }) => id !== cell.id)
    .map((other) => {
      const outcome = session.outcomes.get(other.id);
      const { columns } = session.shownQuery(
        other,
        outcome?.state === "done" ? outcome.table : undefined,
      );
      return { name: other.id, columns: columns.map(({ name, type }) => ({ name, type })) };
    });
  // without an engine the words of SQL and the names of cells are all there is
  const names = await session.sqlNames().catch(() => ({ tables: [], functions: [] }));
  return { ...names, cells };
}
