import { EngineError } from "./engine.ts";

/** The tokens of a text as the engine's own lexer cuts it: where each starts, in UTF-8 bytes. */
export interface Tokens {
  offsets: number[];
}

/**
 * Statements that change the one connection for whoever comes next: another default database, an
 * open transaction, a variable, a setting.
 */
const unruly = new Set(
  "abort attach begin commit deallocate detach end execute export force import install load pragma prepare reset rollback set start use".split(
    " ",
  ),
);

/**
 * Lets one statement through that leaves the connection as it was.
 *
 * @throws EngineError refused
 */
export function checkStatement(sql: string, { offsets }: Tokens): void {
  const bytes = new TextEncoder().encode(sql);
  const semicolon = ";".charCodeAt(0);
  const isSemicolon = offsets.map((offset) => bytes[offset] === semicolon);
  const first = isSemicolon.indexOf(false);
  if (first < 0) throw new EngineError("refused", "empty statement", { sql });
  const end = isSemicolon.indexOf(true, first);
  if (end >= 0 && isSemicolon.includes(false, end)) {
    throw new EngineError("refused", "several statements; one is run at a time", { sql });
  }
  const word = /^[a-z]+/i.exec(new TextDecoder().decode(bytes.subarray(offsets[first])))?.[0];
  if (word && unruly.has(word.toLowerCase())) {
    throw new EngineError("refused", `statement of the engine's keeper: ${word}`, { sql });
  }
}
