import type { Bundle } from "../bundle/bundle.ts";
import { personalOf } from "../intake/personalColumns.ts";
import type { Personal } from "../intake/personalColumns.ts";
import type { FileKind, Role } from "../intake/report.ts";
import { toKeptFiles } from "./keptShelf.ts";
import type { Shelf } from "./shelf.ts";
import type { FilePlan, Source } from "./source.ts";

/** What leaves with a file, for the reader to see before it does. */
export interface OutgoingFile {
  name: string;
  kind: FileKind;
  bytes: number;
  /** as read */
  rows: number;
  columns: { name: string; personal: Personal | null }[];
}

/** The files that were read: those that could not be stay here. */
export function outgoingFiles(files: readonly FilePlan[], { sources }: Shelf): OutgoingFile[] {
  return sources.flatMap(({ name, file }): OutgoingFile[] => {
    const plan = files.find(({ report }) => report.name === name);
    if (!plan) return [];
    const { kind, rows } = plan.report;
    return [{ name, kind, bytes: file.size, rows: rows.read, columns: columnsOf(plan) }];
  });
}

function columnsOf({ columns, preview, report }: FilePlan): OutgoingFile["columns"] {
  const mapping = Object.entries(report.mapping) as [Role, string | string[]][];
  return columns.map((name, i) => {
    const role = mapping.find(([, column]) => [column].flat().includes(name))?.[0];
    const values = preview.map((row) => row[i] ?? "");
    return { name, personal: personalOf(name, values, role) };
  });
}

/** A document and these of the files, with what was said of them and of no other. */
export function toBundle(document: string, shelf: Shelf, names: ReadonlySet<string>): Bundle {
  const sources = shelf.sources.filter(({ name }) => names.has(name));
  const others = [...shelf.sources, ...shelf.refused].filter((source) => !sources.includes(source));
  const answers = Object.entries(shelf.answers).filter(
    ([id]) => !others.some(({ name }) => id.startsWith(`${name}:`)),
  );
  return {
    document,
    answers: Object.fromEntries(answers),
    files: sources.map((source) => ({
      name: source.name,
      content: source.file,
      reading: readingOf(source),
    })),
  };
}

/** How a file was read, of which nothing tells where it came from. */
function readingOf({ corrections, recalled, shape, book, notes }: Source) {
  const reading = { corrections, recalled, shape, book, notes };
  return JSON.parse(JSON.stringify(reading)) as Record<string, unknown>;
}

/** What was in a bundle as if it had been kept: of what was said of the files only what fits is taken. */
export function fromBundle({ files, answers }: Bundle): ReturnType<typeof toKeptFiles>["content"] {
  const sources = files.map(({ name, content, reading }) => ({
    ...reading,
    name,
    file: content,
    // it was opened before it was sent
    origin: name,
    error: undefined,
  }));
  return { sources, refused: [], answers };
}
