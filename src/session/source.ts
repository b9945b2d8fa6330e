import type { Corrections, FilePlan as IntakePlan } from "../intake/plan.ts";
import type { RawLines } from "../intake/rawLines.ts";
import type { FileReport, Reason, Role } from "../intake/report.ts";
import { freeName } from "./freeName.ts";
import { isHostFile } from "./hostFiles.ts";
import type { Example } from "./readExamples.ts";
import type { Remembered } from "./shapeMemory.ts";

/** A file the reader gave, kept so that an answer, a correction or another file can read it again. */
export interface Source {
  name: string;
  file: Blob;
  corrections: Corrections;
  /** fingerprint of its shape, null where it has none; undefined until it was looked at */
  shape?: string | null;
  /** what was said before of files of its shape */
  recalled?: Remembered;
  /** whether something of that decides how it is read */
  isRecalled?: boolean;
  /** name of the file it came from, its own or that of an archive; undefined until that was opened */
  origin?: string;
  /** name of the workbook whose sheet it is */
  book?: string;
  /** what the reader should know of what it was made from */
  notes?: IntakePlan["notes"];
  /** given by the page around this one, as it is or in an archive; else the reader's */
  isFromHost?: boolean;
  /** why it could not be opened */
  error?: IntakePlan["error"];
}

/** What the page shows of a file: what it is, what was understood, and how it begins. */
export interface FilePlan {
  report: FileReport;
  /** headers, made unique */
  columns: string[];
  /** the first rows, as read */
  preview: string[][];
  /** where the file has several: the line of each header, and its columns */
  tables: IntakePlan["tables"];
  /** the lines around the header, as they stand in the file */
  raw: RawLines;
  /** 0 to 1 */
  confidence: Partial<Record<Role, number>>;
  /** a value of the file and what was understood by it */
  examples: Partial<Record<Role, Example>>;
  /** what the reader should know of how values were read */
  notes: IntakePlan["notes"];
  /** what the reader corrected */
  corrections: Corrections;
  /** name of the workbook whose sheet it is: no encoding and no separator are to be chosen of that */
  book: string | undefined;
  /** whether it was read as files of its shape were before */
  isRecalled: boolean;
  /** where its rows went, for the reconciliation */
  steps: Step[];
}

/** Rows of a file that went one way for one reason. */
export interface Step extends Reason {
  step: string;
}

export type ImportStep = "inspect" | "repair" | "read" | "build";

export interface ImportProgress {
  file: string;
  step: ImportStep;
  rows: number;
  bytes: number;
  totalBytes: number;
  /** that it will need of memory at the most; 0 where that is not worth a word */
  memoryBytes: number;
  /** of the whole import, 0 to 1 */
  share: number;
}

/** Answers to questions by id; an id may have the file's name before it. */
export type Answers = Record<string, string>;

/** Files as sources; of two that have one name the second is called "name (2).csv". */
export function toSources(files: readonly File[]): Source[] {
  const taken = new Set<string>();
  return files.map((file) => ({
    name: freeName(file.name, taken),
    file,
    corrections: {},
    ...(isHostFile(file) && { isFromHost: true }),
  }));
}
