import { LinkError } from "../notebook/link.ts";

const longestBytes = 2_000_000;

/** Whether a file is a notebook, and not data to be read. */
export function isDocument({ name }: Pick<File, "name">): boolean {
  return /\.(md|markdown)$/i.test(name);
}

/** The text of a notebook's file. @throws DocumentError */
export async function readDocument(file: File): Promise<string> {
  if (file.size > longestBytes)
    throw new DocumentError(`too large: ${file.size} bytes`, { code: "tooLarge" });
  try {
    // a mark at the beginning is part of the text
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return decoder.decode(await file.arrayBuffer());
  } catch (cause) {
    throw new DocumentError("not UTF-8 text, or the file is gone", { code: "noText", cause });
  }
}

interface Why {
  /** what there is a sentence for in each language */
  code?: "absent" | "damagedLink" | "elsewhere" | "noCells" | "noText" | "tooLarge";
  /** where */
  path?: string;
  cause?: unknown;
}

/** A notebook that cannot be opened; the message says why and where. */
export class DocumentError extends Error {
  override name = "DocumentError";
  readonly code: string;
  readonly path: string;

  constructor(message: string, { code, path = "", ...options }: Why = {}) {
    super(message, options);
    this.code = code ?? "other";
    this.path = path;
  }
}

/** Whatever kept a notebook from being opened. */
export function toDocumentError(error: unknown): DocumentError {
  if (error instanceof DocumentError) return error;
  const { message } = error as Error;
  const why: Why = error instanceof LinkError ? { code: "damagedLink" } : {};
  return new DocumentError(message, { ...why, cause: error });
}

/** The name to save a notebook under: its title, without what file systems do not take. */
export function documentName(title: string | undefined): string {
  return `${safeName(title)}.md`;
}

/** The name to save a notebook with its files under. */
export function bundleName(title: string | undefined): string {
  return `${safeName(title)}.perennial`;
}

/** The name to save a notebook's SQL under. */
export function scriptName(title: string | undefined): string {
  return `${safeName(title)}.sql`;
}

function safeName(title: string | undefined): string {
  const safe = (title ?? "")
    .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, " ")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "")
    .slice(0, 80);
  return safe || "perennial";
}
