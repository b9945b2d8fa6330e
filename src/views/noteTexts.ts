import type { FilePlan, Session } from "../session/session.svelte.ts";
import { formatShare } from "../words/words.ts";

/** What there is to know of how values were read, a sentence each; a note without words is left out. */
export function noteTexts(
  session: Pick<Session, "text" | "locale">,
  notes: FilePlan["notes"],
): string[] {
  return notes.flatMap(({ code, args }) => {
    const key = `note.${code}`;
    const share = typeof args["share"] === "number" && formatShare(session.locale, args["share"]);
    const said = session.text(key, { ...args, ...(share && { share }) });
    return said === key ? [] : [said];
  });
}
