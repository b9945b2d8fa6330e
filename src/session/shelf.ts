import type { Corrections } from "../intake/plan.ts";
import type { ReadFile } from "./loadFile.ts";
import { toSources } from "./source.ts";
import type { Answers, Source } from "./source.ts";

/** What the reader gave and said: enough to read everything again. It is replaced, never changed. */
export interface Shelf {
  sources: readonly Source[];
  /** could not be read; later imports leave them out until they are corrected */
  refused: readonly Source[];
  answers: Answers;
}

export const emptyShelf: Shelf = { sources: [], refused: [], answers: {} };

/** What an import made of its files: those that could not be read stand apart. */
export function shelve(read: readonly ReadFile[], answers: Answers): Shelf {
  const isRefused = ({ plan }: ReadFile) => plan.kind === "refused";
  const toSource = ({ source }: ReadFile) => source;
  return {
    sources: read.filter((file) => !isRefused(file)).map(toSource),
    refused: read.filter(isRefused).map(toSource),
    answers,
  };
}

/** One more import; a file of the same name replaces the one before. */
export function addFiles(shelf: Shelf, files: readonly File[], answers: Answers): Shelf {
  const added = toSources(files);
  const names = new Set(added.map(({ name }) => name));
  const kept = shelf.sources.filter(({ name }) => !names.has(name));
  return { sources: [...kept, ...added], refused: [], answers: { ...shelf.answers, ...answers } };
}

export function removeFile({ sources, refused, answers }: Shelf, name: string): Shelf {
  const isOther = (source: Source) => source.name !== name;
  return { sources: sources.filter(isOther), refused: refused.filter(isOther), answers };
}

/**
 * What the reader corrects of one file, over what was corrected before; a part that is undefined is
 * found anew, and columns are where the file is cut differently. A correction is also how a refused
 * file may come back.
 */
export function correctFile(shelf: Shelf, name: string, corrections: Corrections): Shelf {
  const isCutAnew = ["encoding", "delimiter", "headerRow"].some((part) => part in corrections);
  return changeFile(shelf, name, (source) => {
    const before = isCutAnew ? {} : source.corrections.mapping;
    const mapping = { ...before, ...corrections.mapping };
    const merged = { ...source.corrections, ...corrections, mapping };
    return { ...source, corrections: withoutBlanks(merged) };
  });
}

/** Takes back every correction, and with `forget` every answer that was remembered. */
export function restoreFile(shelf: Shelf, name: string, { forget = false } = {}): Shelf {
  const answers = Object.entries(shelf.answers).filter(([id]) => !id.startsWith(`${name}:`));
  const restored = changeFile(shelf, name, ({ recalled, ...source }) => ({
    ...source,
    corrections: {},
    ...(recalled && !forget && { recalled: { ...recalled, corrections: {} } }),
  }));
  return forget ? { ...restored, answers: Object.fromEntries(answers) } : restored;
}

/** All files of a shelf, to be read: those that could not be are tried again. */
export function wholeShelf({ sources, refused, answers }: Shelf): Shelf {
  return { sources: [...sources, ...refused], refused: [], answers };
}

function changeFile(shelf: Shelf, name: string, change: (source: Source) => Source): Shelf {
  const returning = shelf.refused.filter((source) => source.name === name);
  const sources = [...shelf.sources, ...returning].map((source) =>
    source.name === name ? change(source) : source,
  );
  return { ...shelf, sources, refused: [] };
}

function withoutBlanks(corrections: Corrections): Corrections {
  const told = Object.entries(corrections).filter(
    ([part, value]) =>
      value !== undefined && (part !== "mapping" || Object.keys(value as object).length > 0),
  );
  return Object.fromEntries(told);
}
