/** More lines than these before the SQL leave too little of it in sight. */
const mostLines = 4;

/**
 * What of a text of SQL is folded away as it opens: its front matter, after the first line, which is its
 * title; undefined where that is short or nothing follows it.
 */
export function frontMatterFold(text: string): { from: number; to: number } | undefined {
  const [head = ""] = /^(?:--.*\n)+(?=[^\n-]|-[^-]|\n)/.exec(text) ?? [];
  const lines = head.split("\n");
  if (lines.length - 1 <= mostLines) return undefined;
  return { from: (lines[0] as string).length, to: head.length - 1 };
}
