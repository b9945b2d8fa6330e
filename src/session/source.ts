import type { Corrections } from "../intake/plan.ts";
import type { FileReport, Role } from "../intake/report.ts";

/** A file the reader gave, kept so that an answer, a correction or another file can read it again. */
export interface Source {
  name: string;
  file: Blob;
  corrections: Corrections;
}

/** What the page shows of a file: what it is, what was understood, and how it begins. */
export interface FilePlan {
  report: FileReport;
  /** headers, made unique */
  columns: string[];
  /** the first rows, as read */
  preview: string[][];
  /** 0 to 1 */
  confidence: Partial<Record<Role, number>>;
}

export type ImportStep = "inspect" | "repair" | "read" | "build";

export interface ImportProgress {
  file: string;
  step: ImportStep;
  rows: number;
  bytes: number;
  totalBytes: number;
  /** of the whole import, 0 to 1 */
  share: number;
}

/** Answers to questions by id; an id may have the file's name before it. */
export type Answers = Record<string, string>;

/** Files as sources; of two that have one name the second is called "name (2).csv". */
export function toSources(files: readonly File[]): Source[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const [, stem = "", ending = ""] = /^(.*?)(\.[^.]*)?$/s.exec(file.name) ?? [];
    let name = file.name;
    for (let i = 2; taken.has(name); ++i) name = `${stem} (${i})${ending}`;
    taken.add(name);
    return { name, file, corrections: {} };
  });
}
