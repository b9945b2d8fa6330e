import { htmlTable, isPage } from "./htmlTable.ts";
import { inflateMember } from "./inflateMember.ts";
import type { InflateBudget } from "./inflateMember.ts";
import { IntakeError } from "./intakeError.ts";
import type { Args, IntakeErrorCode } from "./intakeError.ts";
import { isEncryptedWorkbook } from "./isEncryptedWorkbook.ts";
import { isHiddenFile } from "./isHiddenFile.ts";
import { sheetCsv } from "./sheetCsv.ts";
import { isSpreadsheetXml, spreadsheetXml } from "./spreadsheetXml.ts";
import { isOfficePackage, readWorkbookParts } from "./workbookParts.ts";
import type { OpenZip } from "./workbookParts.ts";
import { readZipDirectory } from "./zipDirectory.ts";
import type { ZipMember } from "./zipDirectory.ts";

/** A file as it came, or one from inside an archive or a workbook. */
export interface Unpacked {
  /** "archive.zip/orders.csv", "book.xlsx/Sheet1" */
  name: string;
  file: Blob;
  /** name of the workbook whose sheet it is */
  book?: string;
  /** what the reader should know of it */
  notes?: { code: string; args: Args }[];
  /** why this one cannot be read; the others can */
  error?: { code: IntakeErrorCode; args: Args };
}

export const filesLimit = 2000; // of one archive, or of one drop

/** Whether a file begins as a zip archive does, an empty one and one cut in parts included. */
export function isZip(start: Uint8Array): boolean {
  const [a, b, c, d] = start;
  return a === 0x50 && b === 0x4b && (c === 3 || c === 5 || c === 7) && d === c + 1;
}

/**
 * What is inside a zip archive, archives inside it included, one level deep; of a workbook one CSV a
 * sheet, named for the book where there is one alone; of a page that is one table that table. Runs
 * in the intake worker: see `unpack`.
 *
 * @param onProgress told the share that is done with, 0 to 1
 * @throws IntakeError "broken-zip", "broken-workbook", "encrypted-zip", "empty-archive", "document",
 *   "too-many-files", "inflates-too-far" or "unreadable" for the whole; what ails one member is its
 *   `error`
 */
export async function unpackArchive(
  file: Blob,
  name: string,
  onProgress?: (share: number) => void,
): Promise<Unpacked[]> {
  try {
    const start = await startOf(file);
    if (!isZip(start)) return await plain(file, name, start);
    const members = await readDirectory(file);
    const total = members.reduce((sum, { bytes }) => sum + bytes, 0);
    // what lies in archives inside comes on top
    const onBytes = onProgress && ((bytes: number) => onProgress(Math.min(1, bytes / total)));
    return await open(
      { file, members, budget: { packedBytes: file.size, bytes: 0, onBytes } },
      name,
    );
  } catch (error) {
    // a file that was moved or changed since it was dropped
    if (error instanceof DOMException) throw new IntakeError("unreadable", {}, error);
    throw error;
  }
}

/** A page that is one table gives it; any other page is refused later, as what it is. */
async function plain(file: Blob, name: string, start: Uint8Array): Promise<Unpacked[]> {
  if (isSpreadsheetXml(start)) {
    const sheets = await spreadsheetXml(file);
    return sheetsOrSheet(
      sheets.map((sheet) => ({ ...sheet, name: `${name}/${sheet.name}`, book: name })),
      name,
    );
  }
  return [{ name, file: (isPage(start) && (await htmlTable(file))) || file }];
}

async function startOf(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, 1024).arrayBuffer());
}

async function open(zip: OpenZip, name: string, depth = 0): Promise<Unpacked[]> {
  const { file, members } = zip;
  if (isOfficePackage(members)) return sheetsOf(zip, name);
  const format = documentFormat(members);
  if (format) throw new IntakeError("document", { format });
  if (depth > 1) return [{ name, file }]; // refused as what it is
  const files = members.filter(({ path }) => !isHiddenFile(path));
  if (files.length === 0) throw new IntakeError("empty-archive");
  if (files.length > filesLimit) throw new IntakeError("too-many-files", { limit: filesLimit });
  if (files.every(({ isEncrypted }) => isEncrypted)) throw new IntakeError("encrypted-zip");
  const unpacked: Unpacked[] = [];
  for (const member of files)
    unpacked.push(
      ...(await orError(`${name}/${member.path}`, (path) => take(zip, member, path, depth))),
    );
  return unpacked;
}

async function readDirectory(file: Blob): Promise<ZipMember[]> {
  try {
    return await readZipDirectory(file);
  } catch (error) {
    const isBroken = error instanceof IntakeError && error.code === "broken-zip";
    if (isBroken && (await looksLikeWorkbook(file)))
      throw new IntakeError("broken-workbook", error.args, error);
    throw error;
  }
}

async function take(
  { file, budget }: OpenZip,
  member: ZipMember,
  name: string,
  depth: number,
): Promise<Unpacked[]> {
  const blob = await inflate(file, member, budget);
  const start = await startOf(blob);
  if (isZip(start))
    return open({ file: blob, members: await readDirectory(blob), budget }, name, depth + 1);
  if (await isEncryptedWorkbook(blob)) throw new IntakeError("encrypted-workbook");
  return plain(blob, name, start);
}

const partBytes = 8 * 1024 * 1024;

async function inflate(file: Blob, member: ZipMember, budget: InflateBudget): Promise<Blob> {
  const parts: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of inflateMember(file, member, budget)) {
    chunks.push(chunk as Uint8Array<ArrayBuffer>);
    bytes += chunk.length;
    if (bytes < partBytes) continue;
    parts.push(new Blob(chunks)); // which the browser may keep outside of memory
    chunks = [];
    bytes = 0;
  }
  return new Blob([...parts, ...chunks]);
}

async function sheetsOf(zip: OpenZip, name: string): Promise<Unpacked[]> {
  const parts = await orBrokenWorkbook(readWorkbookParts(zip));
  const sheets: Unpacked[] = [];
  for (const sheet of parts.sheets) {
    const read = async (path: string): Promise<Unpacked[]> => {
      if (!sheet.member) throw new IntakeError("broken-workbook", { part: sheet.name });
      const text = await orBrokenWorkbook(sheetCsv(zip, sheet.member, parts));
      if (!text) return [];
      const { file, longNumbers: count } = text;
      const notes = count > 0 ? [{ code: "long-numbers", args: { count } }] : [];
      return [{ name: path, file, book: name, ...(count > 0 && { notes }) }];
    };
    sheets.push(...(await orError(`${name}/${sheet.name}`, read)));
  }
  return sheetsOrSheet(sheets, name);
}

/** A single sheet has the name of its book. @param sheets with their whole names */
function sheetsOrSheet(sheets: Unpacked[], name: string): Unpacked[] {
  const [only] = sheets;
  if (!only) throw new IntakeError("empty-archive");
  return sheets.length === 1 ? [{ ...only, name }] : sheets;
}

async function orError(
  name: string,
  read: (name: string) => Promise<Unpacked[]>,
): Promise<Unpacked[]> {
  try {
    return await read(name);
  } catch (error) {
    if (!(error instanceof IntakeError) || error.code === "inflates-too-far") throw error;
    return [{ name, file: new Blob(), error: { code: error.code, args: error.args } }];
  }
}

/** To the reader a workbook is no archive. */
async function orBrokenWorkbook<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof IntakeError && error.code === "broken-zip")
      throw new IntakeError("broken-workbook", error.args, error);
    throw error;
  }
}

/** Excel writes [Content_Types].xml first; of a workbook cut off before its name only the flags are left. */
async function looksLikeWorkbook(file: Blob): Promise<boolean> {
  const bytes = new Uint8Array(await file.slice(0, 65_536).arrayBuffer());
  const text = new TextDecoder("latin1").decode(bytes);
  return /\[Content_Types\]\.xml|xl\/|_rels\//.test(text) || text.startsWith("\x14\0\x06", 4);
}

/** Archives that are one document to their reader. */
function documentFormat(members: ZipMember[]): string | undefined {
  const paths = new Set(members.map(({ path }) => path));
  if (paths.has("mimetype") && paths.has("content.xml")) return "OpenDocument";
  if (paths.has("Index/Document.iwa") || paths.has("Index.zip")) return "iWork";
  return undefined;
}
