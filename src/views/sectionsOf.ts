import { isAside, isCell } from "../notebook/notebook.ts";
import type { Block, Cell, Notebook } from "../notebook/notebook.ts";
import { headingOf } from "../notebook/proseHtml.ts";

/** A part of the notebook with a place in its contents. */
export interface Section {
  id: string;
  title: string;
  blocks: Block[];
  cells: Cell[];
}

/** The parts of a notebook as they are read: each heading of its prose begins one. */
export function sectionsOf({ blocks }: Pick<Notebook, "blocks">): Section[] {
  const sections: Section[] = [];
  for (const block of blocks) {
    if (isAside(block)) continue;
    const title = block.type === "prose" ? headingOf(block.markdown) : undefined;
    let last = sections.at(-1);
    if (!last || title !== undefined) {
      const id = `part-${sections.length + 1}`;
      last = { id, title: title ?? "", blocks: [], cells: [] };
      sections.push(last);
    }
    last.blocks.push(block);
    if (isCell(block)) last.cells.push(block);
  }
  return sections;
}
