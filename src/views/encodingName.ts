import { legacyEncodings } from "../intake/encodings.ts";
import type { Session } from "../session/session.svelte.ts";
import { wordOr } from "./questionText.ts";

/** Encodings that a panel offers; all are labels of TextDecoder. */
export const encodings: readonly string[] = ["utf-8", "utf-16le", "utf-16be", ...legacyEncodings];

/** An encoding in words, or its label where there are none. */
export function encodingName(session: Pick<Session, "text">, encoding: string): string {
  return wordOr(session, `encoding.${encoding.toLowerCase()}`, encoding);
}
