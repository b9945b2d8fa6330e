import { text } from "../words/words.ts";
import type { Locale } from "../words/words.ts";
import type { Session } from "./session.svelte.ts";
import type { ReaderSettings, Theme } from "./readerSettings.svelte.ts";
import type { StudyKeeper } from "./studyKeeper.svelte.ts";

type Act = (session: Session) => unknown;

/**
 * The page before its session is there, whose code is some six times as large: it speaks, lists what is kept,
 * and remembers what is asked of it until the session stands and does it.
 */
export class Entrance {
  locale = $state.raw<Locale>("en");
  /** what does everything once it is there */
  session = $state.raw<Session>();
  /** why it will not be there */
  failure = $state.raw<string>();
  /** opens a newer version of the product, once one is there; the page is loaded anew */
  openNewer = $state.raw<() => void>();
  /** whether something waits for it */
  isAsked = $state.raw(false);
  /** whether the address brings a notebook or a study, which opens with the engine */
  isLinked = $state.raw(false);
  readonly kept: StudyKeeper;
  readonly settings: ReaderSettings;
  readonly #acts: Act[] = [];

  /** @param locale that of the browser, where the reader chose none */
  constructor(kept: StudyKeeper, settings: ReaderSettings, locale: Locale) {
    this.kept = kept;
    this.settings = settings;
    this.locale = settings.locale ?? locale;
  }

  /** Does this once the session is there; one after the other. */
  ask(act: Act): void {
    this.isAsked = true;
    this.#acts.push(act);
  }

  /** Hands over to the session, in the reader's language of now. */
  async open(session: Session): Promise<void> {
    session.setLocale(this.locale);
    this.session = session;
    try {
      for (const act of this.#acts) await act(session);
    } finally {
      this.isAsked = false;
    }
  }

  fail(error: unknown): void {
    this.failure = error instanceof Error ? error.message : String(error);
  }

  text(key: string, values?: Record<string, string | number>): string {
    return text(this.locale, key, values);
  }

  setLocale(locale: Locale): void {
    this.locale = locale;
    this.settings.locale = locale;
  }

  get theme(): Theme {
    return this.settings.theme;
  }

  setTheme(theme: Theme): void {
    this.settings.theme = theme;
  }

  take(files: File[]): void {
    this.ask((session) => session.take(files));
  }

  pasteText(pasted: string): void {
    this.ask((session) => session.pasteText(pasted));
  }

  demo(): void {
    this.ask((session) => session.demo());
  }

  goOn(id: string, options?: { withFiles?: boolean }): void {
    this.ask((session) => session.goOn(id, options));
  }
}
