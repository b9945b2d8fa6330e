import type { Theme } from "../session/readerSettings.svelte.ts";
import type { Locale } from "../words/words.ts";
import { cellCommands } from "./cellCommands.ts";
import { unlessReady, unlessThere, unlessWritable } from "./command.ts";
import type { Command, Page } from "./command.ts";
import { chooseFiles, copyLink, saveDocument, saveRowCount } from "./documentActs.ts";

/** Everything that the page does at a word or a key. */
export const commands: readonly Command[] = [
  {
    id: "palette",
    word: "palette.open",
    keys: ["Mod+k"],
    isForFields: true,
    act: ({ open }) => open("palette"),
  },
  { id: "help", word: "help.show", keys: ["?"], act: ({ open }) => open("help") },
  { id: "tour", word: "tour.take", refusal: unlessReady, act: ({ open }) => open("tour") },
  {
    id: "files",
    word: "notebook.add",
    refusal: unlessIdle,
    act: ({ session }) => chooseFiles(session),
  },
  {
    id: "demo",
    word: "landing.demo",
    refusal: unlessIdle,
    act: ({ session }) => void session.demo(),
  },
  {
    id: "paste",
    word: "landing.paste",
    refusal: () => unlessThere("#paste"),
    act() {
      document.querySelector("#paste")?.closest("details")?.setAttribute("open", "");
      focus("#paste");
    },
  },
  {
    id: "undo",
    word: "keys.undo",
    also: "notice.undo",
    keys: ["Mod+z"],
    refusal: (page) => unlessStill(page) ?? unless(page.session.canUndo, "refused.nothing"),
    act: ({ session }) => void session.undo(),
  },
  {
    id: "redo",
    word: "keys.redo",
    keys: ["Mod+Shift+z", "Ctrl+y"],
    refusal: (page) => unlessStill(page) ?? unless(page.session.canRedo, "refused.nothing"),
    act: ({ session }) => void session.redo(),
  },
  {
    id: "filter",
    word: "command.filter",
    refusal: (page) => unlessWritable(page) ?? unlessThere("#filter-by"),
    act: () => focus("#filter-by"),
  },
  {
    id: "filter-clear",
    word: "filter.clear",
    refusal: ({ session }) => unless(session.filter && !session.isReadOnly, "refused.everybody"),
    act: ({ session }) => session.setFilter(undefined),
  },
  {
    id: "questions",
    word: "command.questions",
    refusal: (page) => unlessReady(page) ?? unlessThere("#questions"),
    act: () => focus("#questions :is(input, select, button)"),
  },
  {
    id: "add-analysis",
    word: "command.addAnalysis",
    refusal: unlessWritable,
    act: ({ open, cell }) => open("analyses", cell?.id),
  },
  {
    id: "add-sql",
    word: "command.addSql",
    refusal: unlessWritable,
    act: ({ session, cell, begin }) => begin(session.addSql(cell?.id)),
  },
  {
    id: "add-text",
    word: "command.addText",
    refusal: unlessWritable,
    act: ({ session, cell, begin }) => begin(session.addText(cell?.id)),
  },
  ...cellCommands,
  { id: "report", word: "report.make", refusal: unlessReady, act: ({ open }) => open("report") },
  {
    id: "link",
    word: "document.link",
    isSaid: true,
    refusal: unlessReady,
    act: ({ session }) => copyLink(session),
  },
  { id: "send", word: "document.send", refusal: unlessReady, act: ({ open }) => open("send") },
  {
    id: "script",
    word: "document.script",
    refusal: unlessReady,
    act: ({ open }) => open("script"),
  },
  {
    id: "save",
    word: "document.save",
    refusal: unlessReady,
    act: ({ session }) => saveDocument(session),
  },
  {
    id: "publish",
    word: "document.study",
    refusal: unlessReady,
    act: ({ session }) => saveDocument(session, { isNamed: true }),
  },
  {
    id: "open",
    word: "document.open",
    refusal: unlessIdle,
    act: ({ session }) => chooseFiles(session),
  },
  { id: "print", word: "document.print", refusal: unlessReady, act: () => print() },
  {
    id: "rows",
    word: "rows.export",
    refusal: unlessReady,
    act: ({ session }) => saveRowCount(session),
  },
  { id: "studies", word: "kept.title", act: ({ open }) => open("studies") },
  {
    id: "consent",
    word: "document.consent",
    refusal: (page) => unlessReady(page) ?? unless(page.session.isInert, "refused.isSo"),
    act: ({ session }) => session.consent(),
  },
  {
    id: "take-over",
    word: "kept.takeOver",
    refusal: ({ session }) => unless(session.isElsewhere, "refused.isSo"),
    act: ({ session }) => void session.kept.takeOver(),
  },
  language("en", "English"),
  language("zh-Hans", "简体中文"),
  language("zh-Hant", "繁體中文"),
  ...(["auto", "light", "dark"] as const).map(theme),
  {
    id: "keys",
    word: "help.keysOn",
    wordNow: ({ session }) => (session.settings.keysOn ? "command.keysOff" : "help.keysOn"),
    act: ({ session }) => void (session.settings.keysOn = !session.settings.keysOn),
  },
  {
    id: "cancel",
    word: "command.cancel",
    keys: ["Escape"],
    isForFields: true,
    refusal: ({ session }) => unless(session.phase.state === "importing", "refused.nothing"),
    act: ({ session }) => session.cancel(),
  },
  {
    id: "retry",
    word: "app.retry",
    refusal: ({ session }) => unless(session.phase.state === "broken", "refused.nothing"),
    act: ({ session }) => void session.retry(),
  },
  { id: "reset", word: "notebook.reset", refusal: unlessReady, act: ({ open }) => open("reset") },
];

/** Keys that do what the control does that has the focus, for the help. */
export const gestures: readonly { keys: readonly string[]; word: string }[] = [
  { keys: ["ArrowLeft", "ArrowRight"], word: "keys.tabs" },
  { keys: ["ArrowLeft", "ArrowRight"], word: "keys.marks" },
  { keys: ["Enter"], word: "keys.pick" },
  { keys: ["Mod+Enter"], word: "command.runSql" },
  { keys: ["Escape"], word: "keys.escape" },
];

function language(tag: Locale, word: string): Command {
  return {
    id: `language-${tag}`,
    word,
    also: "language.label",
    refusal: ({ session }) => unless(session.locale !== tag, "refused.isSo"),
    act: ({ session }) => session.setLocale(tag),
  };
}

function theme(name: Theme): Command {
  return {
    id: `theme-${name}`,
    word: `command.theme.${name}`,
    also: "theme.label",
    refusal: ({ session }) => unless(session.theme !== name, "refused.isSo"),
    act: ({ session }) => session.setTheme(name),
  };
}

function unless(holds: unknown, word: string): string | undefined {
  return holds ? undefined : word;
}

/** While files are read nothing else changes. */
function unlessStill({ session: { phase } }: Page): string | undefined {
  return unless(phase.state !== "importing", "refused.importing");
}

function unlessIdle(page: Page): string | undefined {
  const { state } = page.session.phase;
  return unlessStill(page) ?? unless(state !== "broken", "refused.noEngine");
}

function focus(selector: string): void {
  const control = document.querySelector<HTMLElement>(selector);
  control?.scrollIntoView({ block: "center" });
  control?.focus({ preventScroll: true });
}
