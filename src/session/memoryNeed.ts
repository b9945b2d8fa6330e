import { IntakeError } from "../intake/intakeError.ts";

/** What an import will take, before it is begun. */
export interface MemoryNeed {
  /** of the files as plain text */
  textBytes: number;
  /** at the most, of the tab's memory */
  bytes: number;
  /** worth saying to the reader */
  isLarge: boolean;
  /** more than the engine can hold, whatever the machine has */
  isTooLarge: boolean;
}

const baseBytes = 0.35e9; // the engine, the page and the buffers of one slice
const perTextByte = 2.05; // measured: 10 million orders, 665 MB of text, took 1.7 GB at the most
/** Text that an import may come to: above it the engine's 3.1 GiB do not hold it. */
const mostTextBytes = 1.3e9;
/** From here on tables are kept compressed: about three million orders; plain, they would take a gigabyte. */
const largeTextBytes = 200e6;

/** @param files plain or gzip, as the reader gave them */
export async function memoryNeed(files: readonly Blob[]): Promise<MemoryNeed> {
  const sizes = await Promise.all(files.map(textBytesOf));
  const textBytes = sizes.reduce((sum, size) => sum + size, 0);
  return {
    textBytes,
    bytes: baseBytes + perTextByte * textBytes,
    isLarge: textBytes > largeTextBytes,
    isTooLarge: textBytes > mostTextBytes,
  };
}

/** Why an import is not begun, with sizes in gigabytes. */
export function tooLarge({ textBytes, bytes }: MemoryNeed): IntakeError {
  const toGigabytes = (count: number) => (count / 1e9).toFixed(1);
  return new IntakeError("too-much", {
    size: toGigabytes(textBytes),
    need: toGigabytes(bytes),
    most: toGigabytes(mostTextBytes),
  });
}

export function isTooLarge(error: unknown): boolean {
  return error instanceof IntakeError && error.code === "too-much";
}

/** A gzip file ends with the size of what it holds, modulo 4 GiB. */
async function textBytesOf(file: Blob): Promise<number> {
  const [head, tail] = await Promise.all([file.slice(0, 2), file.slice(-4)].map(bytesOf));
  if (head!.byteLength < 2 || head!.getUint16(0) !== 0x1f8b || tail!.byteLength < 4)
    return file.size;
  const stated = tail!.getUint32(0, true);
  // several members, or more than 4 GiB: what is stated is less than the file itself
  return stated >= file.size ? stated : file.size * 8;
}

async function bytesOf(blob: Blob): Promise<DataView> {
  return new DataView(await blob.arrayBuffer());
}
