import { currentVersion, filesOf, freeId, isAside, isCell, mark } from "./notebook.ts";
import { formatFile } from "./fileText.ts";
import { toFilter } from "./filter.ts";
import { lineEnd } from "./lineEnd.ts";
import type { Filter } from "./filter.ts";
import type { Block, Cell, FileRecipe, Notebook, Params } from "./notebook.ts";

/**
 * Edits give another document and leave the one they are given. What they do not touch keeps its text;
 * a document of an earlier version becomes one of this.
 */

/** One param of one cell set; null takes it back to its default. */
export function setParam(
  notebook: Notebook,
  cellId: string,
  name: string,
  value: Params[string],
): Notebook {
  return changeCell(notebook, cellId, (cell) => {
    const { [name]: _, ...others } = cell.params;
    return { ...cell, params: value === null ? others : { ...others, [name]: value } };
  });
}

/** About some customers, or about everybody. */
export function setFilter(notebook: Notebook, wanted: Filter | undefined): Notebook {
  const { blocks } = notebook;
  const filter = wanted && toFilter(wanted);
  const at = blocks.findIndex(({ type }) => type === "filter");
  const first = blocks.findIndex(isCell);
  const place = at >= 0 ? at : first >= 0 ? first : blocks.length;
  if (at < 0 && !filter) return notebook;
  const put: Block[] = filter ? [{ type: "filter", id: "filter", filter }] : [];
  return edited(notebook, blocks.toSpliced(place, at >= 0 ? 1 : 0, ...put));
}

export function setFolded(notebook: Notebook, cellId: string, isFolded: boolean): Notebook {
  return changeCell(notebook, cellId, (cell) => {
    const { isFolded: _, ...open } = cell;
    return isFolded ? { ...open, isFolded } : open;
  });
}

/** The text of a cell of SQL, or of prose; prose without text is taken out. */
export function setText(notebook: Notebook, id: string, text: string): Notebook {
  const blocks = notebook.blocks.flatMap((block): Block[] => {
    if (block.id !== id) return [block];
    if (block.type === "sql") return [withoutSource({ ...block, sql: text })];
    if (block.type !== "prose") return [block];
    const markdown = text.replace(/\r\n?/g, "\n").trim();
    return markdown ? [withoutSource({ ...block, markdown })] : [];
  });
  return edited(notebook, blocks);
}

/**
 * Another name for a cell of SQL; those that read it are as they were.
 *
 * @throws RangeError for a name that is taken, in whichever case, or is not one
 */
export function renameCell(notebook: Notebook, cellId: string, name: string): Notebook {
  if (name === cellId) return notebook;
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) throw new RangeError(`invalid name: ${name}`);
  const isTaken = ({ id }: Block) => id !== cellId && id.toLowerCase() === name.toLowerCase();
  if (notebook.blocks.some(isTaken)) throw new RangeError(`name is taken: ${name}`);
  return changeCell(notebook, cellId, (cell) => ({ ...cell, id: name }));
}

/** One more block after another, or at the end; at the beginning with null. */
export function insertBlock(notebook: Notebook, block: Block, after?: string | null): Notebook {
  const { blocks } = notebook;
  const at = after === null ? -1 : blocks.findIndex(({ id }) => id === after);
  const place = after === undefined || (after !== null && at < 0) ? blocks.length : at + 1;
  const end = lineEnd(notebook);
  const apart = blocks.map((one, i) => (i === place - 1 ? withBlankLine(one, end) : one));
  return edited(notebook, apart.toSpliced(place, 0, block));
}

/** What another follows, such as the last block of a document, does not stand right above it. */
function withBlankLine(block: Block, end: string): Block {
  const { source } = block;
  const isTight = source !== undefined && /[^\r\n](\r\n?|\n)$/.test(source);
  return isTight ? { ...block, source: source + end } : block;
}

export function removeBlock(notebook: Notebook, id: string): Notebook {
  return edited(
    notebook,
    notebook.blocks.filter((block) => block.id !== id),
  );
}

/** A block past the one before it (-1) or after it (1); filter and files are no places of their own. */
export function moveBlock(notebook: Notebook, id: string, by: -1 | 1): Notebook {
  const { blocks } = notebook;
  const at = blocks.findIndex((block) => block.id === id);
  let to = at + by;
  const isPassed = (place: number) => place in blocks && isAside(blocks[place]!);
  while (isPassed(to)) to += by;
  const block = blocks[at];
  if (!block || to < 0 || to >= blocks.length) return notebook;
  return edited(notebook, blocks.toSpliced(at, 1).toSpliced(to, 0, block));
}

/** What the files were, at the end; the same document where it says so already. */
export function setFiles(notebook: Notebook, files: readonly FileRecipe[]): Notebook {
  const told = (list: readonly FileRecipe[]) => list.map(formatFile).join("\n");
  if (told(filesOf(notebook)) === told(files)) return notebook;
  const others = notebook.blocks.filter(({ type }) => type !== "file");
  const blocks = files.reduce<readonly Block[]>(
    (list, file) => [...list, { type: "file", id: freeId(list, "file"), ...file }],
    others,
  );
  return edited(notebook, blocks);
}

/** A second cell like one, right after it. */
export function duplicateCell(notebook: Notebook, cellId: string): Notebook {
  const cell = notebook.blocks.find((block) => isCell(block) && block.id === cellId);
  if (!cell || !isCell(cell)) return notebook;
  const [wanted, joint] = cell.type === "sql" ? [cell.id, "_"] : [cell.analysis, "-"];
  const copy = withoutSource({ ...cell, id: freeId(notebook.blocks, wanted, joint) });
  return insertBlock(notebook, copy, cellId);
}

function changeCell(notebook: Notebook, cellId: string, change: (cell: Cell) => Cell): Notebook {
  return edited(
    notebook,
    notebook.blocks.map((block) =>
      isCell(block) && block.id === cellId ? withoutSource(change(block)) : block,
    ),
  );
}

function withoutSource<T extends Block>(block: T): T {
  const { source: _, ...own } = block;
  return own as T;
}

/** The document after an edit, in this version's words. */
function edited(notebook: Notebook, changed: readonly Block[]): Notebook {
  const blocks: Block[] = [];
  for (const block of changed) {
    const last = blocks.at(-1);
    if (block.type === "prose" && last?.type === "prose") {
      const markdown = `${last.markdown}\n\n${block.markdown}`;
      blocks.splice(-1, 1, withoutSource({ ...last, markdown }));
    } else blocks.push(hasUnsaidId(block) ? withoutSource(block) : block);
  }
  const isMarked = notebook.version >= currentVersion;
  const head = isMarked ? notebook.head : mark().replaceAll("\n", lineEnd(notebook));
  return { version: currentVersion, head, blocks };
}

/** The id that a cell had by its place alone must stay when another takes its place. */
function hasUnsaidId(block: Block): boolean {
  return (
    block.type === "analysis" &&
    block.id !== block.analysis &&
    block.source !== undefined &&
    !block.source.includes(`#${block.id}`)
  );
}
