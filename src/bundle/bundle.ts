/** A notebook with the files that it was made with, as it goes to somebody else. */
export interface Bundle {
  /** the document's text */
  document: string;
  files: readonly BundledFile[];
  /** what the reader settled, by question */
  answers: Record<string, string>;
}

export interface BundledFile {
  name: string;
  content: Blob;
  /** how it is to be read; JSON, and for whoever opens it to judge */
  reading: Record<string, unknown>;
}

/** What stands in front of the files, as JSON. */
export interface BundleIndex {
  document: string;
  answers: Record<string, string>;
  files: { name: string; bytes: number; reading: Record<string, unknown> }[];
}

/** By which the file of a bundle is told, whatever it is called. */
export function isBundleName(name: string): boolean {
  return /\.perennial$/i.test(name);
}

/** @returns undefined for what is no index of this format */
export function toIndex(value: unknown): BundleIndex | undefined {
  if (!isRecord(value) || typeof value["document"] !== "string") return undefined;
  const { document, answers, files } = value;
  if (!isRecord(answers) || !Array.isArray(files)) return undefined;
  const isText = Object.values(answers).every((answer) => typeof answer === "string");
  return isText && files.every(isEntry)
    ? { document, answers: answers as Record<string, string>, files }
    : undefined;
}

function isEntry(value: unknown): value is BundleIndex["files"][number] {
  if (!isRecord(value)) return false;
  const { name, bytes, reading } = value;
  return (
    typeof name === "string" &&
    Number.isSafeInteger(bytes) &&
    (bytes as number) >= 0 &&
    isRecord(reading)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
