import { guessEncoding } from "./encodings.ts";
import { IntakeError } from "./intakeError.ts";

/** A file inside a zip archive, as the archive's directory has it. */
export interface ZipMember {
  /** its path with "/" between folders, decoded */
  path: string;
  /** 0 stored, 8 deflated; others are not read */
  method: number;
  isEncrypted: boolean;
  crc32: number;
  /** bytes inside the archive, and bytes that it says it inflates to */
  packedBytes: number;
  bytes: number;
  /** where its local header stands */
  offset: number;
}

const endBytes = 22;
const entryBytes = 46;
const longestComment = 0xffff;
const directoryLimit = 64 * 1024 * 1024; // bytes; some hundred thousand names

/**
 * The files that a zip archive's central directory lists, folders left out. The directory is at the
 * end and is what counts: local headers may lack sizes, or belong to members deleted since.
 *
 * @throws IntakeError "broken-zip" when there is none or it does not fit the file; "unreadable"
 * @see APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function readZipDirectory(file: Blob): Promise<ZipMember[]> {
  const { count, size, start, shift } = await findDirectory(file);
  if (start < 0 || start + size > file.size || size > directoryLimit) throw broken("directory");
  const view = await viewOf(file, start, start + size);
  const entries: Entry[] = [];
  let at = 0;
  for (let i = 0; i < count; ++i) {
    if (at + entryBytes > view.byteLength || view.getUint32(at, true) !== 0x02014b50)
      throw broken("entry");
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((k) =>
      view.getUint16(at + k, true),
    ) as [number, number, number];
    const next = at + entryBytes + nameBytes + extraBytes + commentBytes;
    if (next > view.byteLength) throw broken("entry");
    entries.push(toEntry(view, at, nameBytes, extraBytes, shift));
    at = next;
  }
  return decodeNames(entries).filter(({ path }) => !path.endsWith("/"));
}

/** A member whose name is still bytes. */
interface Entry extends Omit<ZipMember, "path"> {
  name: Uint8Array;
  isUtf8: boolean;
}

interface Directory {
  count: number;
  size: number;
  start: number;
  /** bytes that stand before the archive, as in one that unpacks itself */
  shift: number;
}

async function findDirectory(file: Blob): Promise<Directory> {
  const tailStart = Math.max(0, file.size - endBytes - longestComment);
  const view = await viewOf(file, tailStart, file.size);
  for (let at = view.byteLength - endBytes; at >= 0; --at) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    if (at + endBytes + view.getUint16(at + 20, true) > view.byteLength) continue;
    const count = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 12, true);
    const offset = view.getUint32(at + 16, true);
    if (count === 0xffff || size === 0xffffffff || offset === 0xffffffff) {
      const wide = await findWideDirectory(file, view, at, tailStart);
      if (wide) return wide;
    }
    const start = tailStart + at - size;
    return { count, size, start, shift: start - offset };
  }
  throw broken("end");
}

/** The record of archives over 4 GB or 65,535 files. */
async function findWideDirectory(
  file: Blob,
  tail: DataView,
  end: number,
  tailStart: number,
): Promise<Directory | undefined> {
  const locator = end - 20;
  if (locator < 0 || tail.getUint32(locator, true) !== 0x07064b50) return undefined;
  const at = wholeAt(tail, locator + 8);
  if (at + 56 > tailStart + end) throw broken("end");
  const view = await viewOf(file, at, at + 56);
  if (view.getUint32(0, true) !== 0x06064b50) throw broken("end");
  return {
    count: wholeAt(view, 32),
    size: wholeAt(view, 40),
    start: wholeAt(view, 48),
    shift: 0,
  };
}

function toEntry(
  view: DataView,
  at: number,
  nameBytes: number,
  extraBytes: number,
  shift: number,
): Entry {
  const flags = view.getUint16(at + 8, true);
  const entry: Entry = {
    name: bytesIn(view, at + entryBytes, nameBytes),
    isUtf8: (flags & 0x800) !== 0,
    isEncrypted: (flags & 0x2041) !== 0,
    method: view.getUint16(at + 10, true),
    crc32: view.getUint32(at + 16, true),
    packedBytes: view.getUint32(at + 20, true),
    bytes: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
  };
  const end = at + entryBytes + nameBytes + extraBytes;
  for (let i = at + entryBytes + nameBytes; i + 4 <= end;) {
    const id = view.getUint16(i, true);
    const size = view.getUint16(i + 2, true);
    if (i + 4 + size > end) break;
    if (id === 0x0001) widen(entry, view, i + 4, size);
    // the name once more in UTF-8, by archivers that keep the old one for others
    if (id === 0x7075 && size > 5) {
      entry.name = bytesIn(view, i + 9, size - 5);
      entry.isUtf8 = true;
    }
    i += 4 + size;
  }
  entry.offset += shift;
  return entry;
}

/** Puts in, in the order of the format, those numbers that did not fit 32 bits. */
function widen(
  sizes: Record<"bytes" | "packedBytes" | "offset", number>,
  view: DataView,
  at: number,
  length: number,
): void {
  let from = at;
  for (const key of ["bytes", "packedBytes", "offset"] as const) {
    if (sizes[key] !== 0xffffffff || from + 8 > at + length) continue;
    sizes[key] = wholeAt(view, from);
    from += 8;
  }
}

/**
 * Names without the UTF-8 flag are in the code page of the machine that wrote them: GB18030 from
 * Windows in China, but also UTF-8 from those that forget the flag. All of them together decide.
 */
function decodeNames(entries: Entry[]): ZipMember[] {
  const unmarked = entries.filter(({ isUtf8 }) => !isUtf8).flatMap(({ name }) => [...name, 10]);
  const { encoding } = guessEncoding([Uint8Array.from(unmarked)]);
  const local = new TextDecoder(encoding);
  const utf8 = new TextDecoder();
  return entries.map(({ name, isUtf8, ...entry }) => ({
    ...entry,
    path: (isUtf8 ? utf8 : local).decode(name).replaceAll("\\", "/").replace(/^\/+/, ""),
  }));
}

function wholeAt(view: DataView, at: number): number {
  const whole = Number(view.getBigUint64(at, true));
  if (!Number.isSafeInteger(whole)) throw broken("size");
  return whole;
}

function bytesIn(view: DataView, at: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + at, length);
}

async function viewOf(file: Blob, start: number, end: number): Promise<DataView> {
  try {
    return new DataView(await file.slice(start, end).arrayBuffer());
  } catch (cause) {
    throw new IntakeError("unreadable", {}, cause);
  }
}

function broken(part: string): IntakeError {
  return new IntakeError("broken-zip", { part });
}
