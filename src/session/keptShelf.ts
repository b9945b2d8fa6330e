import type { KeptFiles } from "../storage/studyStore.ts";
import { toCorrections, toTexts } from "./shapeMemory.ts";
import type { Shelf } from "./shelf.ts";
import type { Source } from "./source.ts";

/** A shelf as the browser keeps it: the files and what was said of them. */
export function toKeptFiles({ sources, refused, answers }: Shelf): KeptFiles {
  const all = [...sources, ...refused];
  return {
    bytes: all.reduce((sum, { file }) => sum + file.size, 0),
    content: { sources, refused, answers },
  };
}

/** What was kept, of which only what fits is taken; undefined where that is no file. */
export function fromKeptFiles(kept: unknown): Shelf | undefined {
  if (!isRecord(kept)) return undefined;
  const [sources, refused] = [kept["sources"], kept["refused"]].map(toSources);
  if (!sources?.length) return undefined;
  return { sources, refused: refused ?? [], answers: toTexts(kept["answers"]) };
}

/** Whether two shelves have the same files, and the same was said of them. */
export function isSameShelf(a: Shelf, b: Shelf): boolean {
  const filesOf = ({ sources, refused }: Shelf) => [...sources, ...refused].map(({ file }) => file);
  const [one, other] = [filesOf(a), filesOf(b)];
  return (
    one.length === other.length &&
    one.every((file, i) => file === other[i]) &&
    saidOf(a) === saidOf(b)
  );
}

/** What was said of the files; not what only this visit knows of them. */
function saidOf({ sources, refused, answers }: Shelf): string {
  const said = [sources, refused].map((part) =>
    part.map(({ name, corrections, origin, book }) => [
      name,
      toCorrections(corrections),
      origin,
      book,
    ]),
  );
  return JSON.stringify([said, answers]);
}

function toSources(value: unknown): Source[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((source: unknown): Source[] => {
    if (!isRecord(source)) return [];
    const { name, file, corrections, recalled, shape, origin, book, notes, error } = source;
    if (typeof name !== "string" || !(file instanceof Blob)) return [];
    const told: Source = { name, file, corrections: toCorrections(corrections) };
    if (typeof shape === "string" || shape === null) told.shape = shape;
    if (typeof origin === "string") told.origin = origin;
    if (typeof book === "string") told.book = book;
    if (Array.isArray(notes)) told.notes = notes.filter(isNote);
    if (isRecord(error)) told.error = error as unknown as NonNullable<Source["error"]>;
    if (isRecord(recalled))
      told.recalled = {
        answers: toTexts(recalled["answers"]),
        corrections: toCorrections(recalled["corrections"]),
      };
    return [told];
  });
}

function isNote(value: unknown): value is NonNullable<Source["notes"]>[number] {
  if (!isRecord(value) || typeof value["code"] !== "string" || !isRecord(value["args"]))
    return false;
  return Object.values(value["args"]).every((arg) => ["string", "number"].includes(typeof arg));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
