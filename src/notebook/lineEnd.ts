import type { Notebook } from "./notebook.ts";

/** How a document ends its lines: as the first that was read, which what is edited is written with too. */
export function lineEnd({ head, blocks }: Pick<Notebook, "head" | "blocks">): string {
  for (const text of [...blocks.map(({ source = "" }) => source), head]) {
    const [end] = /\r\n|\n|\r/.exec(text) ?? [];
    if (end) return end;
  }
  return "\n";
}
