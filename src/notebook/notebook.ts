/** The document: prose and cells, without any data. It reads and writes as Markdown. */
export interface Notebook {
  /** the customers that every cell is about; everybody where absent */
  filter?: SegmentFilter;
  blocks: Block[];
}

/** One value of one attribute, such as channel and "Webshop". */
export interface SegmentFilter {
  by: string;
  value: string;
}

export type Block = Prose | AnalysisCell;

export interface Prose {
  type: "prose";
  markdown: string;
}

export interface AnalysisCell {
  type: "analysis";
  /** unique in the document and stable while it is edited */
  id: string;
  /** name of a prebuilt query */
  analysis: string;
  params: Params;
}

export type Params = Record<string, string | number | boolean | null>;

/** A notebook of these analyses with their params as they come. */
export function toNotebook(title: string, analyses: readonly string[]): Notebook {
  const ids = new CellIds();
  return {
    blocks: [
      { type: "prose", markdown: `# ${title}` },
      ...analyses.map((analysis): Block => {
        return { type: "analysis", id: ids.next(analysis), analysis, params: {} };
      }),
    ],
  };
}

/**
 * The document as Markdown: prose as it is, a cell as a fence whose info string is
 * `analysis <id> <param>=<value> …`, the filter as one `filter <attribute>=<value>` before the first
 * cell. `parseNotebook` reads it back to the same document.
 */
export function formatNotebook({ filter, blocks }: Notebook): string {
  const parts = blocks.map((block) => {
    if (block.type === "prose") return block.markdown.trim();
    const params = Object.entries(block.params)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => ` ${name}=${formatValue(value)}`);
    return `\`\`\`analysis ${block.analysis}${params.join("")}\n\`\`\``;
  });
  if (filter) {
    const first = blocks.findIndex(({ type }) => type === "analysis");
    const fence = `\`\`\`filter ${filter.by}=${formatValue(filter.value)}\n\`\`\``;
    parts.splice(first < 0 ? parts.length : first, 0, fence);
  }
  return `${parts.join("\n\n")}\n`;
}

/**
 * Reads a document. Fences of other kinds are prose.
 *
 * @throws SyntaxError naming the line of a cell that cannot be read
 */
export function parseNotebook(markdown: string): Notebook {
  const ids = new CellIds();
  const blocks: Block[] = [];
  let filter: SegmentFilter | undefined;
  const prose: string[] = [];
  const lines = markdown.replace(/\r\n?/g, "\n").split("\n");
  const closeProse = () => {
    const text = prose.splice(0).join("\n").trim();
    if (text) blocks.push({ type: "prose", markdown: text });
  };
  let fence: string | undefined; // of prose, so that a cell quoted inside it stays prose
  for (let i = 0; i < lines.length; ++i) {
    const line = lines[i] ?? "";
    const open = /^(`{3,}|~{3,})\s*(.*)$/.exec(line);
    if (fence !== undefined) {
      if (line.trim() === fence) fence = undefined;
      prose.push(line);
    } else if (open && /^(analysis|filter)\b/.test(open[2] ?? "")) {
      closeProse();
      const info = open[2] ?? "";
      if (info.startsWith("analysis")) blocks.push(parseCell(info, i + 1, ids));
      else if (filter) throw new SyntaxError(`second filter; line: ${i + 1}`);
      else filter = parseFilter(info, i + 1);
      const end = lines.findIndex((later, at) => at > i && later.trim() === open[1]);
      if (end < 0) throw new SyntaxError(`unclosed cell; line: ${i + 1}`);
      i = end;
    } else {
      if (open) fence = open[1];
      prose.push(line);
    }
  }
  closeProse();
  return filter ? { filter, blocks } : { blocks };
}

/** The cells of a document in their order. */
export function cellsOf({ blocks }: Notebook): AnalysisCell[] {
  return blocks.filter((block) => block.type === "analysis");
}

/** The same document with one param of one cell set; null takes it back to its default. */
export function setParam(
  notebook: Notebook,
  cellId: string,
  name: string,
  value: Params[string],
): Notebook {
  return {
    ...notebook,
    blocks: notebook.blocks.map((block) => {
      if (block.type !== "analysis" || block.id !== cellId) return block;
      const { [name]: _, ...others } = block.params;
      return { ...block, params: value === null ? others : { ...others, [name]: value } };
    }),
  };
}

/** The same document about the customers of one segment, or about everybody. */
export function setFilter({ blocks }: Notebook, filter: SegmentFilter | undefined): Notebook {
  return filter ? { filter, blocks } : { blocks };
}

class CellIds {
  readonly #taken = new Map<string, number>();
  next(analysis: string): string {
    const count = (this.#taken.get(analysis) ?? 0) + 1;
    this.#taken.set(analysis, count);
    return count === 1 ? analysis : `${analysis}-${count}`;
  }
}

function parseCell(info: string, line: number, ids: CellIds): AnalysisCell {
  const match = /^analysis\s+([a-z0-9-]+)\s*(.*)$/.exec(info);
  if (!match) throw new SyntaxError(`invalid cell; no name of an analysis; line: ${line}`);
  const [, analysis = "", rest = ""] = match;
  return { type: "analysis", id: ids.next(analysis), analysis, params: parseParams(rest, line) };
}

function parseFilter(info: string, line: number): SegmentFilter {
  const given = Object.entries(parseParams(info.replace(/^filter\s*/, ""), line));
  const [by, value] = given[0] ?? [];
  if (given.length !== 1 || by === undefined || value === undefined || value === null) {
    throw new SyntaxError(`invalid filter; not one attribute=value; line: ${line}`);
  }
  return { by, value: String(value) };
}

function parseParams(rest: string, line: number): Params {
  const params: [string, Params[string]][] = [];
  const pattern = /([a-z_]\w*)=("(?:[^"\\]|\\.)*"|\S+)\s*/gy;
  while (pattern.lastIndex < rest.length) {
    const found = pattern.exec(rest);
    if (!found) throw new SyntaxError(`invalid param; not name=value; line: ${line}: ${rest}`);
    params.push([found[1] ?? "", parseValue(found[2] ?? "", line)]);
  }
  return Object.fromEntries(params);
}

/** Text that could be mistaken for something else, or that has blanks, is quoted as in JSON. */
function formatValue(value: Params[string]): string {
  if (typeof value !== "string") return String(value);
  const isPlain = /^[^\s"]+$/.test(value) && parseValue(value, 0) === value;
  return isPlain ? value : JSON.stringify(value);
}

function parseValue(text: string, line: number): Params[string] {
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  if (/^-?\d+(\.\d+)?(e[-+]?\d+)?$/.test(text)) return Number(text);
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text) as string;
  } catch (cause) {
    throw new SyntaxError(`invalid text; line: ${line}: ${text}`, { cause });
  }
}
