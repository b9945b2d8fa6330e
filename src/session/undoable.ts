import type { Notebook } from "../notebook/notebook.ts";
import type { Shelf } from "./shelf.ts";

/** The reader's last import or removal, and what there was before it. */
export interface Undoable {
  what: "added" | "removed";
  /** of the files that came or went */
  names: string[];
  shelf: Shelf;
  notebook: Notebook;
}

/** @param before what there was @param now what there is */
export function toUndoable(
  what: Undoable["what"],
  before: Pick<Undoable, "shelf" | "notebook">,
  now: Shelf,
): Undoable {
  const [more, less] = what === "added" ? [now, before.shelf] : [before.shelf, now];
  const others = new Set([...less.sources, ...less.refused].map(({ file }) => file));
  const names = [...more.sources, ...more.refused]
    .filter(({ file }) => !others.has(file))
    .map(({ name }) => name);
  return { what, names, ...before };
}
