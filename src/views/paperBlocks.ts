import type { ReportBlock, ReportCell } from "../report/report.ts";

/** The blocks of a report that stand on paper: the figures that show something, and no heading of none. */
export function paperBlocks(
  blocks: readonly ReportBlock[],
  isShown: (cell: ReportCell) => boolean,
): ReportBlock[] {
  return blocks.filter((block, i) => {
    if (block.type === "cell") return isShown(block);
    if (!/^\s*<h\d[^>]*>(?:(?!<h\d).)*<\/h\d>\s*$/s.test(block.html)) return true;
    const rest = blocks.slice(i + 1);
    const next = rest.findIndex(({ type }) => type === "prose");
    const own = next < 0 ? rest : rest.slice(0, next);
    return own.length === 0 || own.some((one) => one.type === "cell" && isShown(one));
  });
}
