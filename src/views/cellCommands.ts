import type { Cell } from "../session/session.svelte.ts";
import { press, unlessCell, unlessReady, unlessThere, unlessWritable } from "./command.ts";
import type { Command, Page } from "./command.ts";
import { removeCell } from "./removeCell.ts";

/** What goes to a cell, or is done with the one in sight. */
export const cellCommands: readonly Command[] = [
  step("next", "j"),
  step("previous", "k"),
  ...["chart", "table", "sql", "definition"].map(tab),
  taken("png", "cell.exportPng"),
  taken("svg", "cell.exportSvg"),
  taken("csv", "cell.exportCsv"),
  taken("xlsx", "cell.exportXlsx"),
  {
    ...edit("fold", "f", ({ session }, { id, isFolded }) => session.setFolded(id, !isFolded)),
    wordNow: ({ cell }) => (cell?.isFolded ? "edit.unfold" : "edit.fold"),
  },
  edit("up", "Alt+ArrowUp", ({ session }, { id }) => session.moveBlock(id, -1)),
  edit("down", "Alt+ArrowDown", ({ session }, { id }) => session.moveBlock(id, 1)),
  edit("duplicate", "d", ({ session }, { id }) => session.duplicateCell(id)),
  {
    ...edit("fork", "e", ({ session }, { id }) => session.fork(id)),
    refusal: (page) =>
      unlessChangeable(page) ?? (page.cell?.type === "sql" ? "refused.isSql" : undefined),
  },
  {
    id: "run",
    word: "command.runSql",
    isOfCell: true,
    refusal: (page) =>
      unlessCell(page) ?? (page.cell?.type === "sql" ? undefined : "refused.isNoSql"),
    act: ({ session, cell }) => session.runCell(cell?.id ?? ""),
  },
  edit("remove", "x", ({ session }, { id }) => {
    removeCell(session, id);
    return null;
  }),
];

function step(to: "next" | "previous", key: string): Command {
  return {
    id: to,
    word: `command.${to}`,
    keys: [key],
    refusal: (page) => unlessReady(page) ?? (page[to] === undefined ? "refused.noCell" : undefined),
    act: (page) => page.go(page[to] ?? ""),
  };
}

function tab(name: string): Command {
  const selector = (page: Page) => `#${idOf(page)}-tab-${name}`;
  return {
    id: `tab-${name}`,
    word: `cell.${name}`,
    isOfCell: true,
    refusal: (page) => unlessCell(page) ?? unlessThere(selector(page)),
    act(page) {
      press(selector(page));
      page.go(page.cell?.id ?? "");
    },
  };
}

/** A way to take the cell along. */
function taken(ending: string, word: string): Command {
  const selector = (page: Page) => `#cell-${idOf(page)} [data-ending=${ending}]`;
  return {
    id: `export-${ending}`,
    word,
    also: "cell.export",
    isOfCell: true,
    refusal: (page) => unlessCell(page) ?? unlessThere(selector(page)),
    act: (page) => press(selector(page)),
  };
}

/** @param act gives the id of a cell that it added, null where there is none to go to; nothing for the cell itself */
function edit(
  name: "fold" | "up" | "down" | "duplicate" | "fork" | "remove",
  key: string,
  act: (page: Page, cell: Cell) => string | null | void,
): Command {
  return {
    id: name,
    word: `edit.${name}`,
    keys: [key],
    isOfCell: true,
    refusal: unlessChangeable,
    act(page) {
      if (!page.cell) return;
      const shown = act(page, page.cell);
      if (typeof shown === "string") page.begin(shown);
      else if (shown !== null) page.show(page.cell.id);
    },
  };
}

function unlessChangeable(page: Page): string | undefined {
  return unlessWritable(page) ?? unlessCell(page);
}

function idOf({ cell }: Page): string {
  return CSS.escape(cell?.id ?? "");
}
