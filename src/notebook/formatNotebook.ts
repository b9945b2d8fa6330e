import { formatInfo } from "./fenceInfo.ts";
import { formatFile } from "./fileText.ts";
import { formatFilter } from "./filter.ts";
import { lineEnd } from "./lineEnd.ts";
import type { Block, Notebook } from "./notebook.ts";

/**
 * The document as Markdown, in the grammar of this room's README: what was not edited stands there byte
 * for byte as it was read. `parseNotebook` reads it back to the same document.
 */
export function formatNotebook({ head, blocks }: Pick<Notebook, "head" | "blocks">): string {
  const end = lineEnd({ head, blocks });
  const texts = blocks.map((block, i) => {
    const isLast = i === blocks.length - 1;
    const text =
      block.source ?? `${formatBlock(block)}\n${isLast ? "" : "\n"}`.replaceAll("\n", end);
    return isLast || /[\r\n]$/.test(text) ? text : text + end + end;
  });
  return head + texts.join("");
}

function formatBlock(block: Block): string {
  switch (block.type) {
    case "prose":
      return block.markdown;
    case "filter":
      return fence(`filter ${formatFilter(block.filter)}`, "");
    case "file":
      return fence(`file ${formatFile(block)}`, "");
    case "analysis": {
      const { analysis: name, id, params, isFolded = false } = block;
      const own = id === name ? undefined : id;
      return fence(`analysis ${formatInfo({ name, id: own, isFolded, params })}`, "");
    }
    case "sql": {
      const { id: name, params, isFolded = false } = block;
      return fence(`sql ${formatInfo({ name, id: undefined, isFolded, params })}`, block.sql);
    }
  }
}

/** A fence that no line of its body closes. */
function fence(info: string, body: string): string {
  const longest = Math.max(2, ...[...body.matchAll(/^`{3,}/gm)].map(([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${info}\n${body === "" ? "" : `${body}\n`}${ticks}`;
}
