import type { Localized, Query } from "../catalog/query.ts";
import type { Engine } from "../engine/engine.ts";
import type { Filter } from "../notebook/filter.ts";
import { cellsOf, filterOf, isCell } from "../notebook/notebook.ts";
import type { AnalysisCell, Block, Cell, Notebook } from "../notebook/notebook.ts";
import { headingOf, proseHtml } from "../notebook/proseHtml.ts";
import { figuresOf, isNarrowed, isShown } from "../report/figuresOf.ts";
import type { Result } from "../report/figuresOf.ts";
import type { Figure, Report, ReportBlock, ReportQuery } from "../report/report.ts";
import { locales, text, type Locale } from "../words/words.ts";
import { errorText } from "./errorText.ts";
import type { Outcome } from "./outcome.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Models, Ran } from "./runAnalysis.ts";
import { isOfSome, paramsUntil, segmentsBy, segmentWords } from "./segments.ts";
import { sentenceOf } from "./sentenceOf.ts";

const usualSegments = 6;
const patienceMs = 120_000; // of one cell of one segment

/** What the reader decides of a report; all has a default. */
export interface ReportOptions {
  /** the notebook's first heading otherwise */
  title?: string;
  /** attribute to whose segments its figures can be narrowed; a notebook with a filter has none */
  by?: string;
  /** how many of them, the largest first */
  most?: number;
  /** the fewest customers whom a figure may be about, 5 otherwise */
  smallest?: number;
  /** whether analyses with a row for each customer come along, row by row */
  customers?: boolean;
  /** language that it opens in */
  locale?: Locale;
  signal?: AbortSignal;
  /** share of the work done, 0 to 1, and the figure that is next */
  onProgress?: (share: number, title?: Localized) => void;
}

/** What a report is made from. */
export interface ReportHost {
  notebook: Notebook;
  outcomes: ReadonlyMap<string, Outcome>;
  locale: Locale;
  currency: string | null;
  version: string;
  about: Pick<Report, "period" | "totals" | "files" | "questions">;
  query(id: string): Query;
  shownQuery(cell: Cell, table?: Ran["table"]): Query;
  sqlOf(query: Query): string;
  filterText(filter: Filter, locale: Locale): string;
  /** why a query cannot run on this data, in each language */
  missing(query: Query, locale: Locale): string;
}

/**
 * The notebook as it stands, with its results as far as they may leave.
 *
 * @throws RangeError for options that do not fit, EngineError "cancelled" when stopped
 */
export async function makeReport(
  host: ReportHost,
  engine: Engine,
  models: Models,
  options: ReportOptions,
): Promise<Report> {
  const { smallest = 5, customers = false, most = usualSegments, onProgress } = options;
  for (const [name, value] of Object.entries({ smallest, most }))
    if (!Number.isInteger(value) || value < 1)
      throw new RangeError(`invalid ${name}; not a whole number from 1 on: ${value}`);
  const notebook = withHealth(host);
  const isFew = host.about.totals !== null && host.about.totals.customers < smallest;
  const filter = filterOf(notebook);
  const by = filter && isOfSome(filter) ? undefined : options.by;
  const segments = by ? await segmentsBy(engine, by) : [];
  const values = segments
    .filter((segment) => segment.customers >= smallest)
    .slice(0, most)
    .map(({ value }) => value);
  const cells = cellsOf(notebook).length * (1 + values.length);
  let done = 0;
  const step = (query: Query) => {
    options.signal?.throwIfAborted();
    onProgress?.(done++ / cells, query.title);
  };

  async function runSegment(cell: AnalysisCell, value: string): Promise<Result> {
    const query = host.query(cell.analysis);
    step(query);
    const run = {
      ...(options.signal && { signal: options.signal }),
      timeoutMs: patienceMs,
      filter: { ...filter, segments: { [by!]: [value] } },
    };
    const params = paramsUntil(query, cell.params, filter);
    return toResult(host, query, await runAnalysis(engine, models, query, params, run));
  }

  async function figuresFor(cell: Cell, query: Query): Promise<Figure[]> {
    const outcome = host.outcomes.get(cell.id);
    if (outcome?.state === "unavailable")
      return [{ state: "unavailable", message: inEach((locale) => host.missing(query, locale)) }];
    const shown = { smallest, hasCustomers: customers, isFew };
    if (!isFew && outcome?.state === "failed" && outcome.isLack) {
      const { error } = outcome;
      return [{ state: "unavailable", message: inEach((locale) => lackText(locale, error)) }];
    }
    if (!isShown(query, customers) || (isFew && outcome?.state !== "done"))
      return figuresOf(query, { ...nothing, sentence: { en: "" } }, [], shown);
    const ran =
      outcome?.state === "done" ? outcome : cell.id === healthId ? await health() : undefined;
    if (!ran) return [{ state: "failed" }];
    const narrowed: Result[] = [];
    if (cell.type === "analysis" && isNarrowed(query))
      for (const value of values) narrowed.push(await runSegment(cell, value));
    return figuresOf(query, toResult(host, query, ran), narrowed, shown);
  }

  function health(): Promise<Ran> {
    return runAnalysis(engine, models, host.query(healthId), {});
  }

  const title = options.title?.trim() || titleOf(notebook);
  const blocks: ReportBlock[] = [];
  for (const block of notebook.blocks) {
    if (block.type === "prose")
      blocks.push({
        type: "prose",
        id: block.id,
        html: proseHtml(untitled(block.markdown, title)),
      });
    if (!isCell(block)) continue;
    const outcome = host.outcomes.get(block.id);
    const query = host.shownQuery(block, outcome?.state === "done" ? outcome.table : undefined);
    step(query);
    // the page stays alive between cells
    await new Promise((resolve) => setTimeout(resolve));
    blocks.push({
      type: "cell",
      id: block.id,
      query: toReportQuery(query),
      sql: block.type === "sql" ? block.sql : host.sqlOf(query),
      params: block.params,
      figures: await figuresFor(block, query),
    });
  }
  onProgress?.(1);
  return {
    title,
    locale: options.locale ?? host.locale,
    version: host.version,
    currency: host.currency,
    ...host.about,
    period: periodUntil(host, filter),
    // beside those of some, the totals of everybody would be taken for theirs and give back the others
    totals: isFew || filter ? null : host.about.totals,
    filter: filter ? inEach((locale) => host.filterText(filter, locale)) : null,
    by: by ? wordOf(by) : null,
    segments: values.map((value) => ({ id: value, label: wordOf(value) })),
    smallest,
    hasCustomers: customers,
    blocks,
  };
}

function periodUntil(
  { about: { period } }: ReportHost,
  filter: Filter | undefined,
): Report["period"] {
  if (!period || !filter?.until || filter.until > period.to) return period;
  return { ...period, to: filter.until };
}

function lackText(locale: Locale, error: unknown): string {
  return errorText({ text: (key, values) => text(locale, key, values) }, error).message;
}

/** notes of a model whose value is a number of customers */
const notesOfCustomers = new Set<string>([
  "few-customers",
  "one-timers-alive",
  "too-few-repeat-buyers",
  "too-few-spenders",
]);
const healthId = "data-health";
const nothing = { table: { numRows: 0, getChild: () => null } };

/** The checks of the data stand at the end where the notebook has them nowhere. */
function withHealth({ notebook, outcomes }: ReportHost): Notebook {
  const has = notebook.blocks.some(
    (block) => block.type === "analysis" && block.analysis === healthId,
  );
  if (has || outcomes.size === 0) return notebook;
  const cell: Block = { type: "analysis", id: healthId, analysis: healthId, params: {} };
  return { ...notebook, blocks: [...notebook.blocks, cell] };
}

/** without the heading that the report itself has */
function untitled(markdown: string, title: string): string {
  return headingOf(markdown) === title ? markdown.replace(/^ {0,3}#{1,2}\s.*$/m, "") : markdown;
}

function titleOf({ blocks }: Notebook): string {
  const headings = blocks.flatMap((block) =>
    block.type === "prose" ? (headingOf(block.markdown) ?? []) : [],
  );
  return headings[0] ?? "Perennial";
}

function toResult({ currency }: ReportHost, query: Query, ran: Ran): Result {
  return {
    table: ran.table,
    answers: ran.facts,
    sentence: inEach((locale) => sentenceOf(query, ran, locale, currency)),
    toldBeside: ran.notes
      .filter(({ code }) => notesOfCustomers.has(code))
      .map(({ value }) => value),
  };
}

function toReportQuery(query: Query): ReportQuery {
  const { id, title, question, definition, columns, params, charts, values, order } = query;
  const { isWholeShop } = query;
  return { id, title, question, definition, columns, params, charts, values, order, isWholeShop };
}

function wordOf(code: string): Localized {
  const { values } = segmentWords;
  return (Object.hasOwn(values, code) ? values[code] : undefined) ?? { en: code };
}

function inEach(say: (locale: Locale) => string): Localized {
  return Object.fromEntries(locales.map((locale) => [locale, say(locale)])) as unknown as Localized;
}
