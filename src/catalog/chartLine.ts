import { frontMatterLines } from "./parseQuery.ts";
import type { ChartSpec } from "./query.ts";

/**
 * A reader's query with another chart in its front matter, or without: nothing else of it changes.
 *
 * @param place of the chart among those that it has; one more where there is none of that place
 * @param chart undefined takes it out, with its titles in other languages
 */
export function setChart(
  text: string,
  place: number,
  chart: Pick<ChartSpec, "kind" | "channels"> | undefined,
): string {
  const lines = text.split("\n");
  const end = frontMatterLines(lines);
  const starts = lines
    .slice(0, end)
    .flatMap((line, i) => (line.startsWith("-- chart:") ? [i] : []));
  const start = starts[place];
  if (start === undefined) {
    return chart ? lines.toSpliced(end, 0, formatChart(chart)).join("\n") : text;
  }
  const isMore = (line: string) =>
    /^-- {3,}\S/.test(line) || (!chart && /^-- chart\.[A-Za-z-]+:/.test(line));
  let after = start + 1;
  while (after < end && isMore(lines[after]!)) ++after;
  const title = titleOf(lines.slice(start, after));
  const put = chart ? [formatChart(chart) + title] : [];
  return lines.toSpliced(start, after - start, ...put).join("\n");
}

/** Whether front matter can name a column. */
export function isNameable(column: string): boolean {
  return column !== "" && !/[\r\n]|--/.test(column);
}

function formatChart({ kind, channels }: Pick<ChartSpec, "kind" | "channels">): string {
  const pairs = Object.entries(channels).map(([channel, column]) => {
    const isPlain = /^[\p{L}\p{N}_]+$/u.test(column);
    return `${channel}=${isPlain ? column : `"${column.replaceAll('"', '""')}"`}`;
  });
  return ["-- chart:", kind, ...pairs].join(" ");
}

/** ` -- title` as it stands, on however many lines. */
function titleOf(lines: readonly string[]): string {
  const said = lines.map((line) => line.replace(/^-- (chart: |\s*)/, "").trim()).join(" ");
  const at = said.search(/\s-- /);
  return at < 0 ? "" : said.slice(at);
}
