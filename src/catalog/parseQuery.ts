import { parseCounts } from "./parseCounts.ts";
import type {
  BrushMeaning,
  ChartSpec,
  Column,
  ColumnType,
  Fact,
  Localized,
  Param,
  ParamType,
  Query,
  Rollup,
  RowOrder,
} from "./query.ts";

/**
 * Reads one query file: front matter, then one SQL statement.
 *
 * @param path the file's path, ending in `<folder>/<id>.sql`; named in errors
 * @param text the file's text
 * @throws SyntaxError `path:line: what is wrong`
 */
export function parseQuery(path: string, text: string): Query {
  const match = /([a-z]+)\/([^/]+)\.sql$/.exec(path);
  const folder = folders.find((name) => name === match?.[1]);
  if (!match || !folder) throw new SyntaxError(`${path}:1: not a query's place: ${path}`);
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const { entries, next } = readFrontMatter(path, lines, folder === "cells");
  const query: Query = {
    id: match[2]!,
    folder,
    title: { en: "" },
    question: { en: "" },
    definition: { en: "" },
    sentence: { en: "" },
    group: "",
    needs: [],
    wants: [],
    isWholeShop: false,
    params: [],
    columns: [],
    facts: [],
    order: undefined,
    charts: [],
    drill: undefined,
    rollup: undefined,
    brushes: {},
    counts: undefined,
    model: undefined,
    values: {},
    sql: lines.slice(next).join("\n").trim() + "\n",
  };
  for (const entry of entries) takeEntry(query, entry);
  takeCounts(query, entries);
  if (query.sql === "\n" && folder !== "cells")
    throw new SyntaxError(`${path}:${lines.length}: missing statement`);
  if (query.folder === "analyses" || query.folder === "checks") {
    if (!query.title.en) throw new SyntaxError(`${path}:1: missing key: title`);
  }
  query.title.en ||= query.id;
  return query;
}

const folders: Query["folder"][] = [
  "canonical",
  "staging",
  "marts",
  "analyses",
  "checks",
  "filters",
  "cells",
];
const keys =
  "title question definition sentence group needs wants scope drill rollup brush counts param column chart fact order model value bands".split(
    " ",
  );
const paramTypes: ParamType[] = ["choice", "integer", "number", "date", "flag", "text"];
const columnTypes: ColumnType[] = [
  "text",
  "date",
  "count",
  "number",
  "share",
  "money",
  "days",
  "flag",
];
const languages = ["en", "zh-Hans", "zh-Hant"] as const;
type Language = (typeof languages)[number];

interface Entry {
  key: string;
  language: Language | undefined;
  value: string;
  fail: (what: string) => SyntaxError;
}

/**
 * The leading `-- key: value` lines; `--   more` goes on with the value above.
 *
 * @param isLoose whether the first comment of another kind ends them
 */
function readFrontMatter(
  path: string,
  lines: string[],
  isLoose: boolean,
): { entries: Entry[]; next: number } {
  const entries: Entry[] = [];
  let next = 0;
  for (; next < lines.length && lines[next]!.startsWith("--"); ++next) {
    const line = lines[next]!;
    const fail = (what: string) => new SyntaxError(`${path}:${entryLine}: ${what}`);
    const entryLine = next + 1;
    const more = /^-- {3,}(\S.*)$/.exec(line);
    const last = entries.at(-1);
    if (more && last) {
      last.value = joinLines(last.value, more[1]!.trim());
      continue;
    }
    const match = /^-- ([a-z]+)(?:\.([A-Za-z-]+))?:(?: (.*))?$/.exec(line);
    if (isLoose && !keys.includes(match?.[1] ?? "")) break;
    if (!match) throw fail(`not front matter: ${line}`);
    const language = languages.find((name) => name === match[2]);
    if (match[2] && !language) throw fail(`unknown language: ${match[2]}`);
    entries.push({ key: match[1]!, language, value: (match[3] ?? "").trim(), fail });
  }
  return { entries, next };
}

/** How many lines of a reader's query are front matter. */
export function frontMatterLines(lines: readonly string[]): number {
  const isEntry = (line: string, i: number) =>
    keys.includes(/^-- ([a-z]+)(\.[A-Za-z-]+)?:( |$)/.exec(line)?.[1] ?? "") ||
    (i > 0 && /^-- {3,}\S/.test(line));
  const end = lines.findIndex((line, i) => !isEntry(line, i));
  return end < 0 ? lines.length : end;
}

/** Chinese text goes on without a space. */
function joinLines(above: string, below: string): string {
  const isWide = (character: string) => character > "\u2e7f";
  return above + (isWide(above.at(-1) ?? "") && isWide(below[0] ?? "") ? "" : " ") + below;
}

function takeEntry(query: Query, entry: Entry): void {
  const { key, language, value, fail } = entry;
  switch (key) {
    case "title":
    case "question":
    case "definition":
    case "sentence":
      if (query[key][language ?? "en"]) throw fail(`repeated key: ${key}`);
      query[key][language ?? "en"] = value;
      return;
    case "value":
      return takeValue(query.values, entry);
    case "param":
      if (language) return takeLabel(query.params, entry);
      query.params.push(parseParam(entry));
      return;
    case "column":
      if (language) return takeLabel(query.columns, entry);
      query.columns.push(parseColumn(entry));
      return;
    case "bands":
      return takeBands(query.columns, entry);
    case "chart":
      if (language) return takeChartTitle(query.charts, entry);
      query.charts.push(parseChart(entry));
      return;
  }
  if (language) throw fail(`no translation of: ${key}`);
  switch (key) {
    case "group":
    case "model":
      query[key] = value;
      return;
    case "needs":
      query.needs = value.split(",").map((name) => name.trim());
      return;
    case "wants":
      query.wants = value.split(",").map((name) => name.trim());
      return;
    case "scope":
      if (value !== "shop") throw fail(`unknown scope; not "shop": ${value}`);
      query.isWholeShop = true;
      return;
    case "drill":
      query.drill = parseDrill(entry);
      return;
    case "rollup":
      query.rollup = parseRollup(entry);
      return;
    case "brush":
      return takeBrush(query.brushes, entry);
    case "counts": // names columns that may stand below it
      return;
    case "order":
      query.order = parseOrder(entry);
      return;
    case "fact":
      query.facts.push(parseFact(entry));
      return;
  }
  throw fail(`unknown key: ${key}`);
}

function takeCounts(query: Query, entries: readonly Entry[]): void {
  const [entry, again] = entries.filter(({ key }) => key === "counts");
  if (again) throw again.fail("repeated key: counts");
  if (!entry) return;
  const columns = query.columns.map(({ name }) => name);
  try {
    query.counts = parseCounts(entry.value, columns);
  } catch (error) {
    throw entry.fail((error as Error).message);
  }
}

function takeValue(values: Query["values"], { language, value, fail }: Entry): void {
  const match = /^(.+?) = (.+)$/.exec(value);
  if (!match) throw fail(`invalid value; not "code = label": ${value}`);
  const localized = (values[match[1]!] ??= { en: match[1]! });
  localized[language ?? "en"] = match[2]!;
}

/** `name label -- note` in one language, for a param or column declared above. */
function takeLabel(
  named: { name: string; label: Localized; note: Localized }[],
  { language, value, fail }: Entry,
): void {
  const match = /^(\w+) (.+?)(?: -- (.+))?$/.exec(value);
  if (!match) throw fail(`invalid label; not "name label -- note": ${value}`);
  const found = named.find(({ name }) => name === match[1]);
  if (!found) throw fail(`label of an undeclared name: ${match[1]}`);
  found.label[language!] = match[2]!;
  if (match[3]) found.note[language!] = match[3];
}

function parseParam({ value, fail }: Entry): Param {
  const [declared = "", note = ""] = splitNote(value);
  const match = /^(\w+) ([a-z]+)(?:\(([^)]*)\))?(?: =\s*(.*))?$/.exec(declared);
  if (!match) throw fail(`invalid param; not "name type = default -- note": ${value}`);
  const [, name = "", typeName = "", list, fallback = ""] = match;
  const type = paramTypes.find((known) => known === typeName);
  if (!type) throw fail(`unknown param type: ${typeName}`);
  const choices = list?.split(",").map((choice) => choice.trim()) ?? [];
  if ((type === "choice") !== choices.length > 0) throw fail(`choices and type disagree: ${name}`);
  const param: Param = {
    name,
    type,
    choices,
    default: parseDefault(type, fallback),
    label: { en: toLabel(name) },
    note: { en: note },
  };
  if (param.default === undefined || (type === "choice" && !choices.includes(fallback)))
    throw fail(`invalid default of ${name}; not ${type}: ${fallback}`);
  return param;
}

/** `text -- note`, the note may stand alone */
function splitNote(value: string): string[] {
  const at = value.search(/(^|\s)-- /);
  if (at < 0) return [value];
  return [value.slice(0, at).trim(), value.slice(at).replace(/^\s*-- /, "")];
}

function parseDefault(type: ParamType, text: string): Param["default"] {
  if (text === "") return null;
  switch (type) {
    case "integer":
      return /^-?\d+$/.test(text) ? Number(text) : undefined!;
    case "number":
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined!;
    case "flag":
      return text === "true" ? true : text === "false" ? false : undefined!;
    case "date":
      return /^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined!;
    default:
      return text;
  }
}

function parseColumn({ value, fail }: Entry): Column {
  const match = /^(\w+) ([a-z]+)(?: -- (.+))?$/.exec(value);
  if (!match) throw fail(`invalid column; not "name type -- note": ${value}`);
  const [, name = "", typeName = "", note = ""] = match;
  return {
    name,
    type: toColumnType(typeName, fail),
    label: { en: toLabel(name) },
    note: { en: note },
  };
}

/** `name edge … = label, label, …`, and in another language `name label, label, …` */
function takeBands(columns: Column[], { language, value, fail }: Entry): void {
  const match = /^(\w+) (?:([-\d. ]+) = )?(.+)$/.exec(value);
  const column = columns.find(({ name }) => name === match?.[1]);
  if (!match || !column) throw fail(`invalid bands; not "column edges = labels": ${value}`);
  const labels = match[3]!.split(",").map((label) => label.trim());
  if (!language) {
    const edges = (match[2] ?? "").split(" ").map(Number);
    column.bands = { edges, labels: labels.map((en) => ({ en })) };
  }
  const { bands } = column;
  if (bands?.labels.length !== labels.length || labels.length !== bands.edges.length + 1)
    throw fail(`invalid bands; not one label more than edges: ${value}`);
  bands.labels.forEach((label, place) => (label[language ?? "en"] = labels[place]!));
}

function parseDrill({ value, fail }: Entry): Query["drill"] {
  const match = /^(\w+) = (select .+)$/.exec(value);
  if (!match) throw fail(`invalid drill; not "count = select …": ${value}`);
  return { count: match[1]!, sql: match[2]! };
}

function parseRollup({ value, fail }: Entry): Rollup {
  const match = /^(\w+(?:, \w+)*) of (\w+) by (\w+)$/.exec(value);
  if (!match) throw fail(`invalid rollup; not "sums of table by column": ${value}`);
  return { sums: match[1]!.split(", "), table: match[2]!, day: match[3]! };
}

function takeBrush(brushes: Query["brushes"], { value, fail }: Entry): void {
  const match = /^(\w+) (first|until)$/.exec(value);
  if (!match) throw fail(`invalid brush; not "column first" or "column until": ${value}`);
  brushes[match[1]!] = match[2] as BrushMeaning;
}

function parseOrder({ value, fail }: Entry): RowOrder {
  const match = /^(\w+) (ascending|descending)$/.exec(value);
  if (!match) throw fail(`invalid order; not "column ascending" or "column descending": ${value}`);
  return { column: match[1]!, direction: match[2] as RowOrder["direction"] };
}

function parseFact({ value, fail }: Entry): Fact {
  const match = /^(\w+) ([a-z]+) = (.+)$/.exec(value);
  if (!match) throw fail(`invalid fact; not "name type = aggregate": ${value}`);
  return { name: match[1]!, type: toColumnType(match[2]!, fail), of: match[3]! };
}

function toColumnType(name: string, fail: Entry["fail"]): ColumnType {
  const type = columnTypes.find((known) => known === name);
  if (!type) throw fail(`unknown column type: ${name}`);
  return type;
}

/** `kind channel=column channel="a column" … -- title`; the title where a query has several charts */
function parseChart({ value, fail }: Entry): ChartSpec {
  const [drawn = "", title = ""] = splitNote(value);
  const [kind = "", ...pairs] = drawn.match(/(?:"(?:[^"]|"")*"|[^\s"])+/g) ?? [];
  const channels: Record<string, string> = {};
  for (const pair of pairs) {
    const match = /^(\w+)=(?:([\p{L}\p{N}_]+)|"((?:[^"]|"")+)")$/u.exec(pair);
    if (!match) throw fail(`invalid channel; not "channel=column": ${pair}`);
    channels[match[1]!] = match[2] ?? match[3]!.replaceAll('""', '"');
  }
  if (!/^[a-z]+$/.test(kind)) throw fail(`invalid chart kind: ${kind}`);
  return { kind, channels, title: { en: title } };
}

/** The title of the chart declared last, in another language. */
function takeChartTitle(charts: ChartSpec[], { language, value, fail }: Entry): void {
  const chart = charts.at(-1);
  if (!chart?.title.en) throw fail(`title of an unnamed chart: ${value}`);
  chart.title[language!] = value;
}

/** `is_complete` reads as "Is complete". */
function toLabel(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
