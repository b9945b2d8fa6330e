import type { Session } from "../session/session.svelte.ts";
import { wordOr } from "./questionText.ts";

/** What is wrong and what would help: the interface's words for a code, or the message that came with it. */
export function noticeText(
  session: Pick<Session, "text">,
  { code, message }: { code: string; message: string },
): string {
  const values = { message, file: message };
  for (const family of ["refusal", "engine", "model"]) {
    const said = wordOr(session, `${family}.${code}`, "", values);
    if (said !== "") return said;
  }
  return message;
}
