import type { Localized } from "../catalog/query.ts";
import type { Report, ReportCell } from "../report/report.ts";

interface PreviewCell {
  id: string;
  title: Localized;
  /** of everybody and of every segment */
  rows: number;
  withheld: number;
}

/** What of the data leaves with a report. */
export interface ReportPreview {
  cells: PreviewCell[];
  rows: number;
  withheld: number;
  /** each row is a customer */
  leftOut: PreviewCell[];
  /** nothing says whom the rows count */
  unknown: PreviewCell[];
  /** too few customers are behind all of it */
  few: PreviewCell[];
}

export function reportPreview({ blocks }: Pick<Report, "blocks">): ReportPreview {
  const all = blocks.filter((block) => block.type === "cell");
  const those = (test: (figure: ReportCell["figures"][number]) => boolean) =>
    all.filter(({ figures }) => figures.some(test)).map(toPreview);
  const cells = those(({ state }) => state === "done");
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
  return {
    cells,
    rows: sum(cells.map(({ rows }) => rows)),
    withheld: sum(cells.map(({ withheld }) => withheld)),
    leftOut: those((figure) => figure.state === "left-out" && figure.why === "customers"),
    unknown: those((figure) => figure.state === "left-out" && figure.why === "unknown"),
    few: those((figure) => figure.state === "left-out" && figure.why === "few"),
  };
}

function toPreview({ id, query, figures }: ReportCell): PreviewCell {
  const done = figures.filter((figure) => figure.state === "done");
  const count = (of: (figure: (typeof done)[number]) => number) =>
    done.reduce((total, figure) => total + of(figure), 0);
  return {
    id,
    title: query.title,
    rows: count(({ table }) => table.rows),
    withheld: count(({ withheld }) => withheld.length),
  };
}
