import type { FilePlan } from "../intake/plan.ts";

/**
 * A name for the shape of a file: its headers, separator, encoding and kind, and nothing of its
 * rows. It is a hash, so that what is kept under it does not tell the headers either.
 *
 * @param plan as found, without answers and corrections
 * @returns 32 hexadecimal digits, or null where the file has no columns to tell it by
 */
export async function fingerprint({
  columns,
  delimiter,
  encoding,
  kind,
  headerRow,
}: Pick<FilePlan, "columns" | "delimiter" | "encoding" | "kind" | "headerRow">): Promise<
  string | null
> {
  if (columns.length === 0) return null;
  const headers = headerRow === 0 ? [columns.length] : columns;
  const text = JSON.stringify([kind, encoding, delimiter, headers]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest, 0, 16)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
