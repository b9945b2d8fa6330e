import type { Shelf } from "./shelf.ts";
import type { Work } from "./sessionState.svelte.ts";

/** The reader's last import or removal, told with a way back as long as it is the last step. */
export interface Undoable {
  what: "added" | "removed";
  /** of the files that came or went */
  names: string[];
  /** what there was right after it */
  work: Work;
}

/** The files that came or went; one that was not read did not come. @param before what there was @param now what there is */
export function namesOf(what: Undoable["what"], before: Shelf, now: Shelf): string[] {
  const [more, less] = what === "added" ? [now, before] : [before, now];
  const others = new Set([...less.sources, ...less.refused].map(({ file }) => file));
  return [...more.sources, ...(what === "added" ? [] : more.refused)]
    .filter(({ file }) => !others.has(file))
    .map(({ name }) => name);
}
