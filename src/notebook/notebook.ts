import type { Filter } from "./filter.ts";

/** The document: prose and cells, without any data. Its text is `parseNotebook` and `formatNotebook`. */
export interface Notebook {
  /** of the grammar its text is written in; one without a mark is of the first */
  version: number;
  /** what stands before its first block: the mark of the version, as it was written */
  head: string;
  blocks: readonly Block[];
}

/** The version that is written; a document of a later one is shown and never rewritten. */
export const currentVersion = 2;

export type Block = Prose | FilterBlock | FileBlock | Cell;
export type Cell = AnalysisCell | SqlCell;

interface InText {
  /** as it stands in the document's text, with the blank lines after it; absent once it was edited */
  source?: string;
}

/** What stands between the cells. */
export interface Prose extends InText {
  type: "prose";
  /** unique in the document while it is open; not part of its text */
  id: string;
  markdown: string;
}

/** The customers that every cell is about. */
export interface FilterBlock extends InText {
  type: "filter";
  id: "filter";
  filter: Filter;
}

/** What a file was that the notebook was made with: its columns by meaning, and no value of it. */
export interface FileBlock extends InText, FileRecipe {
  type: "file";
  id: string;
}

export interface FileRecipe {
  /** what it was taken for, such as orders or costs */
  kind: string;
  platform: string | null;
  /** where it lies beside the notebook, in a study that is published */
  src?: string;
  /** column, or several, by role */
  columns: Readonly<Record<string, string | readonly string[]>>;
  /** what the reader settled, by question */
  answers: Readonly<Record<string, string>>;
}

/** A prebuilt analysis. */
export interface AnalysisCell extends InText {
  type: "analysis";
  /** unique in the document and stable while it is edited */
  id: string;
  /** name of a prebuilt query */
  analysis: string;
  params: Params;
  isFolded?: boolean;
}

/** A query of the reader's own. */
export interface SqlCell extends InText {
  type: "sql";
  /** its name, by which other cells read it */
  id: string;
  /** one statement, which may begin with the front matter of a prebuilt query */
  sql: string;
  params: Params;
  isFolded?: boolean;
}

export type Params = Record<string, string | number | boolean | null>;

export const emptyNotebook: Notebook = { version: currentVersion, head: mark(), blocks: [] };

/** The first line of a document's text. */
export function mark(): string {
  return `<!-- perennial ${currentVersion} -->\n\n`;
}

/** A notebook of these analyses with their params as they come. */
export function toNotebook(title: string, analyses: readonly string[]): Notebook {
  const prose: Prose = { type: "prose", id: "text-1", markdown: `# ${title}` };
  return { ...emptyNotebook, blocks: analyses.reduce(withAnalysis, [prose] as readonly Block[]) };
}

/** The same blocks and one more cell at the end. */
export function withAnalysis(blocks: readonly Block[], analysis: string): readonly Block[] {
  const id = freeId(blocks, analysis);
  return [...blocks, { type: "analysis", id, analysis, params: {} }];
}

/** The cells of a document in their order. */
export function cellsOf({ blocks }: Pick<Notebook, "blocks">): Cell[] {
  return blocks.filter(isCell);
}

export function isCell(block: Block): block is Cell {
  return block.type === "analysis" || block.type === "sql";
}

/** The customers that a document is about; everybody where undefined. */
export function filterOf({ blocks }: Pick<Notebook, "blocks">): Filter | undefined {
  return blocks.find((block) => block.type === "filter")?.filter;
}

/** What the files were that a document was made with. */
export function filesOf({ blocks }: Pick<Notebook, "blocks">): FileBlock[] {
  return blocks.filter((block) => block.type === "file");
}

/** Whether a block is no part of what is read from above to below. */
export function isAside(block: Block): block is FilterBlock | FileBlock {
  return block.type === "filter" || block.type === "file";
}

/** Whether a document is of a later version than this software can write. */
export function isNewer({ version }: Notebook): boolean {
  return version > currentVersion;
}

/** `rfm`, then `rfm-2` and so on: the first that no block has. */
export function freeId(blocks: readonly Block[], wanted: string, joint = "-"): string {
  const taken = new Set(blocks.map(({ id }) => id));
  for (let count = 1; ; ++count) {
    const id = count === 1 ? wanted : `${wanted}${joint}${count}`;
    if (!taken.has(id)) return id;
  }
}
