import { formatNotebook } from "./formatNotebook.ts";
import type { Notebook } from "./notebook.ts";

/** What a link's fragment begins with; no server ever sees what follows. */
const key = "#n=";
const longestText = 1_000_000; // characters of a document that a link may unfold to

/** A document as the fragment of an address: its text, deflated, in base64url. */
export async function toFragment(notebook: Pick<Notebook, "head" | "blocks">): Promise<string> {
  const text = new Blob([formatNotebook(notebook)]).stream();
  const deflated = text.pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return key + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function isFragment(hash: string): boolean {
  return hash.startsWith(key);
}

/** A link that does not hold a document, or not the whole of one. */
export class LinkError extends SyntaxError {
  override name = "LinkError";
}

/**
 * The text of a document that a fragment holds.
 *
 * @throws LinkError when the link is cut short or changed, or holds more than a document
 */
export async function fromFragment(hash: string): Promise<string> {
  try {
    const binary = atob(hash.slice(key.length).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const decoded = inflated.pipeThrough(new TextDecoderStream("utf-8", { fatal: true }));
    let text = "";
    for await (const part of toParts(decoded)) {
      text += part;
      if (text.length > longestText) throw new RangeError("longer than a document");
    }
    return text;
  } catch (cause) {
    throw new LinkError("damaged link; it may have been cut short when it was copied", { cause });
  }
}

/** Safari's streams cannot be walked through by themselves. */
async function* toParts(stream: ReadableStream<string>): AsyncGenerator<string> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}
