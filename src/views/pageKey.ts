export type PageIntent =
  { type: "help" } | { type: "cancel" } | { type: "undo" } | { type: "go"; cell: string };

interface PageState {
  phase: string;
  /** whether the key went to a field that takes text */
  isField: boolean;
  /** whether a dialog is open */
  isBusy: boolean;
  /** whether single keys act; the reader can turn them off */
  keysOn: boolean;
  /** whether there is an import or removal to take back */
  isUndoable: boolean;
  /** ids of the cells, in order */
  cells: string[];
  current: string | undefined;
}

type Keys = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** What a key pressed anywhere on the page asks for; undefined where it is nobody's but the browser's. */
export function pageKey(
  { key, ctrlKey, metaKey, altKey, shiftKey }: Keys,
  { phase, isField, isBusy, keysOn, isUndoable, cells, current }: PageState,
): PageIntent | undefined {
  const isUndo = key === "z" && ctrlKey !== metaKey && !altKey && !shiftKey;
  if (isUndo && isUndoable && !isField && !isBusy && phase !== "importing") return { type: "undo" };
  if (ctrlKey || metaKey || altKey || isBusy) return undefined;
  if (key === "Escape") return phase === "importing" ? { type: "cancel" } : undefined;
  if (isField || !keysOn) return undefined;
  if (key === "?") return { type: "help" };
  if (phase !== "ready" || (key !== "j" && key !== "k")) return undefined;
  const place = current === undefined ? -1 : cells.indexOf(current);
  const cell = cells[key === "j" ? place + 1 : Math.max(0, place - 1)];
  return cell === undefined ? undefined : { type: "go", cell };
}
