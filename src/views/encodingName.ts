import type { Session } from "../session/session.svelte.ts";
import { wordOr } from "./questionText.ts";

/** Encodings that a panel offers; all are labels of TextDecoder. */
export const encodings: readonly string[] = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "gb18030",
  "big5",
  "shift_jis",
  "euc-kr",
  "windows-1250",
  "windows-1251",
  "windows-1252",
];

/** An encoding in words, or its label where there are none. */
export function encodingName(session: Pick<Session, "text">, encoding: string): string {
  return wordOr(session, `encoding.${encoding.toLowerCase()}`, encoding);
}
