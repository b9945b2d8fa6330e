import type { Automation } from "./automation.ts";
import { answerRequest, toRequest } from "./embedding.ts";
import type { Session } from "./session.svelte.ts";
import type { EmbeddingAnswer, EmbeddingEvent, Gate } from "./embedding.ts";

/** The page that this one is a frame of. */
export type Around = Pick<Window, "postMessage">;

/** Begins to hear the page around this one. */
export function listen(session: Session, automation: Automation, page: Window = window): void {
  const embedded = new EmbeddedIn(page.parent, session, automation);
  page.addEventListener("message", (event) => void embedded.hear(event));
  session.embeddedIn = embedded;
}

/** What of the session decides what the page around may read. */
export interface Watched {
  readonly phase: { readonly state: string };
  /** names of the reader's own files, now or one step of undo away */
  readonly readersOwn: readonly string[];
  /** the same as long as the same files are open */
  readonly shelfOfNow: unknown;
}

/**
 * The page around this one: what it asks is answered to it and to nobody else, and what the reader brought it may
 * read only with the reader's leave.
 */
export class EmbeddedIn {
  /** of the page around, once it asked for something */
  origin = $state.raw<string | null>(null);
  isAllowed = $state.raw(false);
  readonly #around: Around;
  readonly #session: Watched;
  readonly #automation: Automation;

  constructor(around: Around, session: Watched, automation: Automation) {
    this.#around = around;
    this.#session = session;
    this.#automation = automation;
    void automation.ready.then(
      // says nothing but that it stands; nobody has asked yet, so it can be for nobody alone
      ({ version }) => this.#post({ perennial: 1, event: "ready", version }, "*"),
      () => undefined,
    );
  }

  /** whether something of the reader's is there that the page around may not read */
  get isClosed(): boolean {
    return this.#session.readersOwn.length > 0 && !this.isAllowed;
  }

  /** A message that came to this window. One of another window, or of a page without an origin, is not heard. */
  async hear({
    source,
    origin,
    data,
  }: Pick<MessageEvent, "source" | "origin" | "data">): Promise<void> {
    if (source !== (this.#around as unknown) || !/^https?:\/\//.test(origin)) return;
    const request = toRequest(data);
    if (!request) return;
    // leave was given to one site
    if (this.origin !== origin) this.isAllowed = false;
    this.origin = origin;
    const gate: Gate = {
      refusal: () => this.#refusal(),
      files: () => this.#session.shelfOfNow,
    };
    const answer = await answerRequest(request, this.#automation, gate);
    if (this.origin === origin) this.#post(answer, origin);
  }

  /** The session became another. */
  tell(): void {
    if (this.origin === null) return;
    const { state } = this.#session.phase;
    const isReadable = !this.#refusal();
    this.#post({ perennial: 1, event: "changed", state, isReadable }, this.origin);
  }

  allow(isAllowed: boolean): void {
    this.isAllowed = isAllowed;
  }

  #refusal(): ReturnType<Gate["refusal"]> {
    if (this.isClosed) {
      const message =
        "the reader's own files are open, and the reader has not allowed to read them";
      return { code: "not-allowed", message };
    }
    // the tables of an import are there before its files are known to be
    if (this.#session.phase.state !== "importing") return undefined;
    return { code: "busy", message: "files are being read; ask again after the event" };
  }

  #post(message: EmbeddingAnswer | EmbeddingEvent, origin: string): void {
    this.#around.postMessage(message, { targetOrigin: origin });
  }
}
