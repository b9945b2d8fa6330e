import type { Cell, Session } from "../session/session.svelte.ts";

/** What opens over the page, or leads through it. */
export type Opened =
  "palette" | "help" | "studies" | "reset" | "analyses" | "report" | "send" | "script" | "tour";

/** The page as it stands when something is asked of it. */
export interface Page {
  session: Session;
  /** the cell that has the focus, or the one in sight */
  cell: Cell | undefined;
  /** ids of the cells before and after the one in sight */
  previous: string | undefined;
  next: string | undefined;
  /** @param after the block that an analysis is to be put after */
  open: (what: Opened, after?: string | null) => void;
  /** to a cell */
  go: (cellId: string) => void;
  /** to a cell that is about to stand there, or elsewhere */
  show: (cellId: string) => void;
  /** to a block that was just added: text and SQL are written at once */
  begin: (blockId: string) => void;
}

/** Something that the reader can have done; the keys, the help and the palette know it from `commands`. */
export interface Command {
  id: string;
  /** key of what it is called */
  word: string;
  /** the same, where that depends on how the page stands */
  wordNow?: (page: Page) => string;
  /** key of another word that it is found by */
  also?: string;
  /** each of them does it, see `pageKey` */
  keys?: readonly string[];
  /** whether a key does it from a field too */
  isForFields?: boolean;
  /** whether it is about the cell in sight */
  isOfCell?: boolean;
  /** whether what it comes to has to be said: `act` gives it back */
  isSaid?: boolean;
  /** key of the word that says why it cannot be done now; undefined where it can */
  refusal?: (page: Page) => string | undefined;
  act: (page: Page) => void | Promise<string>;
}

export function unlessReady({ session: { phase, cells } }: Page): string | undefined {
  if (phase.state === "importing") return "refused.importing";
  return phase.state === "ready" && cells.length > 0 ? undefined : "refused.noFiles";
}

export function unlessWritable(page: Page): string | undefined {
  return unlessReady(page) ?? (page.session.isReadOnly ? "refused.readOnly" : undefined);
}

export function unlessCell(page: Page): string | undefined {
  return unlessReady(page) ?? (page.cell ? undefined : "refused.noCell");
}

/** Whether the page shows a control, which the command then uses in the reader's place. */
export function unlessThere(selector: string): string | undefined {
  return document.querySelector(selector) ? undefined : "refused.notHere";
}

export function press(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.click();
}
