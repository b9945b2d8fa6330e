/** What the page answers to an act. */
export const acts = {
  "sql.folded": "{count} more {count|line|lines} of title, definition and columns",
  "sql.unfold": "Show them",
  "filter.keys": "Arrow keys move; Enter or a click takes one in.",
  "notebook.ofAll": "These are of everybody. The analyses below are narrowed to {parts}.",
  "app.opening": "Opening what was sent to you…",
  "notebook.gathered": "{count} {count|analysis waits|analyses wait} for the same.",
  "filter.none": "There is nobody to narrow the figures to: the files name no customers.",
  "cell.beyond": "{count} more {count|column|columns} to the right",
};
