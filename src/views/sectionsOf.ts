import type { AnalysisCell, Block, Notebook } from "../notebook/notebook.ts";
import { headingOf } from "../notebook/proseHtml.ts";
import { groupCells } from "./groupCells.ts";

/** A part of the notebook with a place in its contents. */
export interface Section {
  id: string;
  title: string;
  blocks: Block[];
  cells: AnalysisCell[];
  /** whether its prose says the title */
  isTitled: boolean;
}

/**
 * The parts of a notebook as they are read: those of its headings where it has prose of its own; where it
 * has only a title, its cells by group.
 */
export function sectionsOf(
  { blocks }: Notebook,
  groups: { of(cell: AnalysisCell): string; title(name: string): string },
): Section[] {
  const cells = blocks.filter((block) => block.type === "analysis");
  if (blocks.slice(1).every(({ type }) => type === "analysis")) {
    return groupCells(cells, groups.of).map(({ name, cells: own }) => {
      return { id: name, title: groups.title(name), blocks: own, cells: own, isTitled: false };
    });
  }
  const sections: Section[] = [];
  for (const block of blocks) {
    const title = block.type === "prose" ? headingOf(block.markdown) : undefined;
    let last = sections.at(-1);
    if (!last || title !== undefined) {
      const id = `part-${sections.length + 1}`;
      last = { id, title: title ?? "", blocks: [], cells: [], isTitled: title !== undefined };
      sections.push(last);
    }
    last.blocks.push(block);
    if (block.type === "analysis") last.cells.push(block);
  }
  return sections;
}
