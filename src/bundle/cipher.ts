/** Bytes that AES-GCM adds to each chunk. */
export const tagBytes = 16;
export const saltBytes = 16;
export const checkBytes = 16;

type Bytes = Uint8Array<ArrayBuffer>;

/** What a bundle's key becomes with its salt. */
export interface Keys {
  cipher: CryptoKey;
  /** stands in the header: tells a wrong key from a damaged file, and binds the file to one key */
  check: Bytes;
}

/** HKDF-SHA-256 of the key and the salt of one bundle, so that no two are encrypted under one. */
export async function deriveKeys(key: Bytes, salt: Bytes): Promise<Keys> {
  const secret = await crypto.subtle.importKey("raw", key, "HKDF", false, ["deriveBits"]);
  const derive = async (use: string, bytes: number) => {
    const info = new TextEncoder().encode(`perennial bundle ${use}`);
    const way = { name: "HKDF", hash: "SHA-256", salt, info };
    return new Uint8Array(await crypto.subtle.deriveBits(way, secret, bytes * 8));
  };
  const [raw, check] = await Promise.all([derive("key", 32), derive("check", checkBytes)]);
  const cipher = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);
  return { cipher, check };
}

/** A chunk's place: its number from 0, whether it is the last, and the header it stands behind. */
export interface Place {
  at: number;
  isLast: boolean;
  header: Bytes;
}

export async function encryptChunk({ cipher }: Keys, chunk: Bytes, place: Place): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.encrypt(toGcm(place), cipher, chunk));
}

/** @returns undefined where it is not what was encrypted in that place */
export async function decryptChunk(
  { cipher }: Keys,
  sealed: Bytes,
  place: Place,
): Promise<Bytes | undefined> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(toGcm(place), cipher, sealed));
  } catch {
    return undefined;
  }
}

/**
 * STREAM of Hoang, Reyhanitabar, Rogaway and Vizár (2015), laid out as in age: the nonce is the number of the chunk
 * in eleven bytes, the greatest first, and one that is 1 for the last chunk.
 */
function toGcm({ at, isLast, header }: Place): AesGcmParams {
  const iv = new Uint8Array(12);
  new DataView(iv.buffer).setUint32(7, at);
  iv[11] = isLast ? 1 : 0;
  return { name: "AES-GCM", iv, additionalData: header, tagLength: tagBytes * 8 };
}
