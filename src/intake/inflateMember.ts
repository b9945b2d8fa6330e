import { IntakeError } from "./intakeError.ts";
import type { ZipMember } from "./zipDirectory.ts";

/** How much one drop may inflate to; members and nested archives share it. */
export interface InflateBudget {
  /** bytes of the file that was dropped */
  packedBytes: number;
  /** bytes inflated so far */
  bytes: number;
  /** told after each piece */
  onBytes?: ((bytes: number) => void) | undefined;
}

export const inflateLimits = {
  /** bytes of one drop, inflated */
  bytes: 4 * 1024 ** 3,
  /** inflated bytes per packed byte; order exports reach 5 to 30, and deflate cannot pass 1,032 */
  ratio: 250,
  /** bytes below which the ratio does not matter */
  ratioFrom: 64 * 1024 ** 2,
};

/**
 * The bytes of a member in pieces, counted against the budget and compared with its checksum.
 *
 * @throws IntakeError "encrypted-zip", "zip-method", "broken-zip" or "inflates-too-far"
 */
export async function* inflateMember(
  archive: Blob,
  member: ZipMember,
  budget: InflateBudget,
): AsyncGenerator<Uint8Array> {
  const packed = await packedPart(archive, member);
  if (budget.bytes + member.bytes > inflateLimits.bytes) throw tooLarge(budget, member.bytes);
  const stream =
    member.method === 8
      ? packed
          .stream()
          .pipeThrough(
            new DecompressionStream("deflate-raw") as ReadableWritablePair<Uint8Array, Uint8Array>,
          )
      : packed.stream();
  const reader = stream.getReader();
  let crc = -1;
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.length;
      spend(budget, value.length);
      if (bytes > member.bytes) throw broken(member, "size");
      crc = addCrc(crc, value);
      yield value;
    }
  } catch (error) {
    throw error instanceof IntakeError ? error : broken(member, "data", error);
  } finally {
    reader.cancel().catch(() => undefined);
  }
  if (bytes !== member.bytes) throw broken(member, "size");
  if (~crc >>> 0 !== member.crc32) throw broken(member, "checksum");
}

async function packedPart(archive: Blob, member: ZipMember): Promise<Blob> {
  if (member.isEncrypted) throw new IntakeError("encrypted-zip", { member: member.path });
  if (member.method !== 0 && member.method !== 8)
    throw new IntakeError("zip-method", { member: member.path, method: member.method });
  const header = new DataView(await archive.slice(member.offset, member.offset + 30).arrayBuffer());
  if (header.byteLength < 30 || header.getUint32(0, true) !== 0x04034b50)
    throw broken(member, "header");
  const start = member.offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  if (start + member.packedBytes > archive.size) throw broken(member, "data");
  return archive.slice(start, start + member.packedBytes);
}

function spend(budget: InflateBudget, bytes: number): void {
  budget.bytes += bytes;
  const { bytes: limit, ratio, ratioFrom } = inflateLimits;
  const isBomb = budget.bytes > ratioFrom && budget.bytes > ratio * budget.packedBytes;
  if (isBomb || budget.bytes > limit) throw tooLarge(budget, 0);
  budget.onBytes?.(budget.bytes);
}

function tooLarge({ bytes }: InflateBudget, more: number): IntakeError {
  return new IntakeError("inflates-too-far", { bytes: bytes + more });
}

function broken(member: ZipMember, part: string, cause?: unknown): IntakeError {
  return new IntakeError("broken-zip", { member: member.path, part }, cause);
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; ++bit) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of ISO 3309, before the last inversion; starts at -1. */
function addCrc(crc: number, bytes: Uint8Array): number {
  let sum = crc;
  for (let i = 0; i < bytes.length; ++i) sum = crcTable[(sum ^ bytes[i]!) & 255]! ^ (sum >>> 8);
  return sum;
}
