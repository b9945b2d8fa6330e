import { BundleError } from "./bundleError.ts";
import { checkBytes, saltBytes } from "./cipher.ts";

const magic = new TextEncoder().encode("PERENNIAL");
export const currentVersion = 1;
const boundBytes = magic.length + 2 + saltBytes + checkBytes;
export const headerBytes = boundBytes + 8;

type Bytes = Uint8Array<ArrayBuffer>;

export interface Header {
  /** plain bytes of each chunk but the last, as a power of two */
  chunkPower: number;
  salt: Bytes;
  check: Bytes;
  /** of the whole file, so that one that was cut short is known for it */
  fileBytes: number;
}

export const leastPower = 8;
const mostPower = 24; // 16 MB: what opening one chunk may take of memory

/** Magic, version, chunk size, salt, check: what every chunk is bound to. */
export function boundHeader({ chunkPower, salt, check }: Omit<Header, "fileBytes">): Bytes {
  return Uint8Array.from([...magic, currentVersion, chunkPower, ...salt, ...check]);
}

export function formatHeader(header: Header): Bytes {
  const bytes = new Uint8Array(headerBytes);
  bytes.set(boundHeader(header));
  new DataView(bytes.buffer).setBigUint64(boundBytes, BigInt(header.fileBytes));
  return bytes;
}

/** Whether a file begins as a bundle of any version does. */
export async function isBundle(file: Blob): Promise<boolean> {
  return hasMagic(new Uint8Array(await file.slice(0, magic.length).arrayBuffer()));
}

/** @throws BundleError "not-bundle", "newer", "truncated", "damaged" */
export function parseHeader(bytes: Bytes, fileBytes: number): Header {
  if (!hasMagic(bytes)) throw new BundleError("not-bundle", "no magic at the beginning");
  const version = bytes[magic.length] ?? 0;
  if (version > currentVersion) throw new BundleError("newer", `version: ${version}`);
  if (bytes.length < headerBytes) throw new BundleError("truncated", "ends inside of its header");
  const chunkPower = bytes[magic.length + 1]!;
  if (version < 1 || chunkPower < leastPower || chunkPower > mostPower)
    throw new BundleError("damaged", "invalid header");
  const whole = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(boundBytes));
  if (fileBytes < whole)
    throw new BundleError("truncated", `${fileBytes} bytes of ${whole} are here`);
  if (fileBytes > whole) throw new BundleError("damaged", `longer than its ${whole} bytes`);
  const salt = bytes.slice(magic.length + 2, magic.length + 2 + saltBytes);
  const check = bytes.slice(magic.length + 2 + saltBytes, boundBytes);
  return { chunkPower, salt, check, fileBytes };
}

function hasMagic(bytes: Uint8Array): boolean {
  return bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte);
}
