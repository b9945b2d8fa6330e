import { BundleError } from "./bundleError.ts";

export const keyBytes = 32;

/** What the fragment of a link with a key begins with; no server ever sees what follows. */
const fragment = "#open=";

export function newKey(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(keyBytes));
}

/** A key as the fragment of an address, in base64url. */
export function keyFragment(key: Uint8Array): string {
  const binary = Array.from(key, (byte) => String.fromCharCode(byte)).join("");
  return fragment + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function isKeyFragment(hash: string): boolean {
  return hash.startsWith(fragment);
}

/**
 * The key in what somebody was sent: the link, its fragment or the key alone.
 *
 * @throws BundleError "bad-key"
 */
export function parseKey(text: string): Uint8Array<ArrayBuffer> {
  const letters = text.trim().replace(/^.*#open=/s, "");
  // 32 bytes are 43 letters, of which the last holds four bits
  if (!/^[\w-]{42}[AEIMQUYcgkosw048]$/.test(letters))
    throw new BundleError("bad-key", "not the 43 letters of a key");
  const binary = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
