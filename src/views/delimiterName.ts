import type { Session } from "../session/session.svelte.ts";
import { wordOr } from "./questionText.ts";

const names: Record<string, string> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "pipe",
  whitespace: "fixed",
};

/** What a file may be cut by, as its panel offers it. */
export const delimiters: readonly string[] = Object.keys(names);

/** A separator in words, or as it is where there is no word for it. */
export function delimiterName(session: Pick<Session, "text">, delimiter: string): string {
  const name = names[delimiter] ?? delimiter;
  return wordOr(session, `delimiter.${name}`, `“${delimiter}”`);
}
