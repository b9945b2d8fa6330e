/** What a key does to the cell in sight. */
export type CellEdit = "up" | "down" | "fold" | "duplicate" | "fork" | "remove";

export type PageIntent =
  | { type: "help" }
  | { type: "cancel" }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "go"; cell: string }
  | { type: CellEdit; cell: string };

interface PageState {
  phase: string;
  /** whether the key went to a field that takes text */
  isField: boolean;
  /** whether a dialog is open */
  isBusy: boolean;
  /** whether single keys act; the reader can turn them off */
  keysOn: boolean;
  canUndo: boolean;
  canRedo: boolean;
  /** ids of the cells, in order */
  cells: string[];
  /** the cell in sight */
  current: string | undefined;
  /** the cell that has the focus, where it is in sight too */
  focused: string | undefined;
}

type Keys = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** What a key pressed anywhere on the page asks for; undefined where it is nobody's but the browser's. */
export function pageKey(pressed: Keys, state: PageState): PageIntent | undefined {
  const { key, ctrlKey, metaKey, altKey } = pressed;
  const { phase, isField, isBusy, keysOn, cells, current, focused } = state;
  if (!isField && !isBusy && phase !== "importing") {
    const step = stepOf(pressed, state);
    if (step) return { type: step };
  }
  if (ctrlKey || metaKey || isBusy) return undefined;
  if (key === "Escape" && !altKey) return phase === "importing" ? { type: "cancel" } : undefined;
  if (isField || !keysOn) return undefined;
  if (key === "?" && !altKey) return { type: "help" };
  if (phase !== "ready") return undefined;
  const edit = altKey ? moves[key] : edits[key];
  const edited = focused ?? current;
  if (edit) return edited === undefined ? undefined : { type: edit, cell: edited };
  if (altKey || (key !== "j" && key !== "k")) return undefined;
  const place = current === undefined ? -1 : cells.indexOf(current);
  const cell = cells[key === "j" ? place + 1 : Math.max(0, place - 1)];
  return cell === undefined ? undefined : { type: "go", cell };
}

const moves: Record<string, CellEdit> = { ArrowUp: "up", ArrowDown: "down" };
const edits: Record<string, CellEdit> = { f: "fold", d: "duplicate", e: "fork", x: "remove" };

/** Ctrl or Command with Z takes back; with Shift, or Ctrl with Y, does again. */
function stepOf(
  { key, ctrlKey, metaKey, altKey, shiftKey }: Keys,
  { canUndo, canRedo }: PageState,
): "undo" | "redo" | undefined {
  if (ctrlKey === metaKey || altKey) return undefined;
  const letter = key.toLowerCase();
  if (letter === "z" && !shiftKey) return canUndo ? "undo" : undefined;
  const isRedo = (letter === "z" && shiftKey) || (letter === "y" && ctrlKey && !shiftKey);
  return isRedo && canRedo ? "redo" : undefined;
}
