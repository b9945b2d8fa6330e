import { tick } from "svelte";
import type { Session } from "../session/session.svelte.ts";

/** Takes a cell out; the reader goes on at the one after it, or else before it. */
export function removeCell(session: Session, id: string): void {
  const at = session.cells.findIndex((cell) => cell.id === id);
  const beside = session.cells[at + 1] ?? session.cells[at - 1];
  session.removeBlock(id);
  void tick().then(() => {
    if (document.activeElement !== document.body) return;
    document.getElementById(`${beside?.id}-title`)?.focus({ preventScroll: true });
  });
}
