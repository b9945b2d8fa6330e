/** A document and what belongs to it, as the browser keeps it. No value of a file is in it. */
export interface Study {
  id: string;
  /** given by the reader; "" where the document's own title stands for it */
  name: string;
  /** of the document */
  title: string;
  /** the document's text */
  text: string;
  /** the earliest first */
  checkpoints: readonly Checkpoint[];
  /** what was read when it was kept last */
  files: readonly FileMark[];
  /** whether the files themselves are kept too, which the reader chose */
  keepsFiles: boolean;
  /** from somebody else, and nothing of it runs until the reader says so */
  isInert: boolean;
  /** how to make the files again, where they are those of the simulated shop */
  demo?: { customers?: number; seed?: number };
  /** milliseconds since 1970 */
  beganAt: number;
  changedAt: number;
  /** counts the writes; 0 was never written */
  revision: number;
}

/** A state of the document that the reader named. */
export interface Checkpoint {
  name: string;
  /** milliseconds since 1970; unique in its study */
  at: number;
  text: string;
  /** as in its study */
  isInert: boolean;
}

/** By what a file is known again. */
export interface FileMark {
  name: string;
  bytes: number;
  rows: number;
  /** fingerprint of its headers, separator and encoding; null where it has none */
  shape: string | null;
}

/** A study as it lies in the store. */
export interface Sealed {
  id: string;
  revision: number;
  /** JSON */
  body: string;
  /** of the body */
  sum: number;
}

export function sealStudy(study: Study): Sealed {
  const body = JSON.stringify(study);
  return { id: study.id, revision: study.revision, body, sum: checksum(body) };
}

/** The study, or undefined where it was damaged. */
export function unsealStudy(sealed: unknown): Study | undefined {
  if (!isRecord(sealed) || typeof sealed["body"] !== "string") return undefined;
  if (checksum(sealed["body"]) !== sealed["sum"]) return undefined;
  try {
    return toStudy(JSON.parse(sealed["body"]));
  } catch {
    return undefined;
  }
}

/** FNV-1a, 32 bits: tells a damaged text, not a forged one. */
function checksum(text: string): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; ++i) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return sum >>> 0;
}

function toStudy(value: unknown): Study | undefined {
  if (!isRecord(value)) return undefined;
  const { id, name, title, text, beganAt, changedAt, revision, keepsFiles, isInert } = value;
  const texts = [id, name, title, text];
  const numbers = [beganAt, changedAt, revision];
  const { checkpoints, files } = value;
  const isWhole =
    texts.every((part) => typeof part === "string") &&
    numbers.every((part) => typeof part === "number") &&
    [keepsFiles, isInert].every((part) => typeof part === "boolean") &&
    Array.isArray(checkpoints) &&
    checkpoints.every(isCheckpoint) &&
    Array.isArray(files) &&
    files.every(isFileMark);
  return isWhole ? (value as unknown as Study) : undefined;
}

function isCheckpoint(value: unknown): value is Checkpoint {
  if (!isRecord(value)) return false;
  const { name, at, text, isInert } = value;
  const isText = typeof name === "string" && typeof text === "string";
  return isText && typeof at === "number" && typeof isInert === "boolean";
}

function isFileMark(value: unknown): value is FileMark {
  if (!isRecord(value)) return false;
  const { name, bytes, rows, shape } = value;
  const isShape = shape === null || typeof shape === "string";
  return (
    isShape && typeof name === "string" && typeof bytes === "number" && typeof rows === "number"
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
