import { tick } from "svelte";
import { starterIds, starterTitle } from "../notebook/starters.ts";
import { locales, text } from "../words/words.ts";
import type { Command, Page } from "./command.ts";
import { commands } from "./commands.ts";
import type { Sought } from "./findBest.ts";
import { helpTerms, termId } from "./helpTerms.ts";
import { soughtQuery } from "./soughtQuery.ts";
import { studyFiles, studyTitle } from "./studyText.ts";

export type EntryKind = "command" | "cell" | "analysis" | "notebook" | "study" | "term" | "column";

/** One line of the palette. */
export interface Entry extends Sought {
  /** unique among the entries of its kind */
  id: string;
  kind: EntryKind;
  keys?: readonly string[];
  /** why it cannot be had now */
  refusal?: string | undefined;
  /** whether what it comes to has to be said */
  isSaid?: boolean;
  act: () => void | Promise<string>;
}

/** Points by which some are found before others, see `finderOf`. */
export function liftOf({ kind, refusal }: Entry): number {
  return lifts[kind] - (refusal ? 15 : 0);
}

const lifts: Record<EntryKind, number> = {
  command: 4,
  cell: 6,
  analysis: 0,
  notebook: 2,
  study: 2,
  term: 2,
  column: -22, // so many have one
};

/** All that the palette finds, as the page stands now. */
export function paletteEntries(page: Page): Entry[] {
  return [
    ...commandEntries(page),
    ...cellEntries(page),
    ...analysisEntries(page),
    ...notebookEntries(page),
    ...studyEntries(page),
    ...termEntries(page),
    ...columnEntries(page),
  ];
}

function commandEntries(page: Page): Entry[] {
  const { session, cell } = page;
  const title = cell && session.localized(session.shownQuery(cell).title);
  const nameOf = ({ word, wordNow }: Command, say: (key: string) => string) =>
    say(wordNow?.(page) ?? word);
  const also = (key?: string) => (key ? [session.text(key), text("en", key)] : []);
  return commands
    .filter(({ id }) => id !== "palette")
    .map((command) => {
      const own = nameOf(command, (key) => session.text(key));
      const refusal = command.refusal?.(page);
      return {
        id: command.id,
        kind: "command",
        title: command.isOfCell && title ? session.text("palette.of", { act: own, title }) : own,
        aliases: [
          own,
          nameOf(command, (key) => text("en", key)),
          command.id,
          ...also(command.also),
        ],
        ...(command.keys && { keys: command.keys }),
        ...(command.isSaid && { isSaid: true }),
        refusal: refusal && session.text(refusal),
        act: () => command.act(page),
      };
    });
}

function cellEntries({ session, go }: Page): Entry[] {
  if (session.phase.state !== "ready") return [];
  return session.cells.map((cell) => ({
    ...soughtQuery({ ...session.shownQuery(cell), id: cell.id }, session),
    id: cell.id,
    kind: "cell",
    act: () => go(cell.id),
  }));
}

function analysisEntries(page: Page): Entry[] {
  const { session, cell, begin } = page;
  const refusal = commands.find(({ id }) => id === "add-analysis")?.refusal?.(page);
  return session.analyses.map((query) => ({
    ...soughtQuery(query, session),
    id: query.id,
    kind: "analysis",
    refusal: refusal ? session.text(refusal) : (session.missing(query) ?? undefined),
    act: () => begin(session.addAnalysis(query.id, cell?.id)),
  }));
}

/** The notebooks to start from. */
function notebookEntries({ session }: Page): Entry[] {
  if (session.phase.state !== "ready") return [];
  const named = starterIds.map((id) => ({
    id: id as string,
    title: starterTitle(id, session.locale),
    aliases: [...locales.map((locale) => starterTitle(id, locale)), id],
  }));
  const everything = {
    id: "",
    title: session.text("starter.everything"),
    aliases: [text("en", "starter.everything")],
  };
  return [everything, ...named]
    .filter(({ id }) => id !== session.starter)
    .map((starter) => ({
      ...starter,
      kind: "notebook",
      refusal: session.isElsewhere ? session.text("refused.readOnly") : undefined,
      act: () => session.openStarter(starter.id),
    }));
}

function studyEntries({ session }: Page): Entry[] {
  if (!["empty", "ready"].includes(session.phase.state)) return [];
  return session.kept.studies
    .filter(({ id }) => id !== session.kept.study?.id)
    .map((study) => ({
      id: study.id,
      kind: "study",
      title: studyTitle(study, session),
      note: studyFiles(study, session),
      act: () => void session.goOn(study.id),
    }));
}

function termEntries({ session, open }: Page): Entry[] {
  return helpTerms.map((term) => ({
    id: term,
    kind: "term",
    title: session.text(`help.${term}`),
    aliases: [text("en", `help.${term}`)],
    note: session.text(`help.${term}Note`),
    act() {
      open("help");
      void tick().then(() => document.getElementById(termId(term))?.focus());
    },
  }));
}

/** What the columns of the notebook's figures mean; one that many figures have is told once. */
function columnEntries({ session, go }: Page): Entry[] {
  if (session.phase.state !== "ready") return [];
  const told = new Map<string, Entry>();
  for (const cell of session.cells) {
    if (cell.type !== "analysis" || cell.isFolded) continue;
    const query = session.shownQuery(cell);
    for (const { name, label, note } of query.columns) {
      const [title, said] = [session.localized(label), session.localized(note)];
      const key = `${title} ${said}`;
      if (!said || told.has(key)) continue;
      told.set(key, {
        id: `${cell.id} ${name}`,
        kind: "column",
        title,
        aliases: [...Object.values(label), name],
        note: session.text("palette.of", { act: session.localized(query.title), title: said }),
        act() {
          document.getElementById(`${cell.id}-tab-definition`)?.click();
          go(cell.id);
        },
      });
    }
  }
  return [...told.values()];
}
