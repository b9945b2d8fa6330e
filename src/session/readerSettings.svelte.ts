import { locales, type Locale } from "../words/words.ts";

const themes = ["auto", "light", "dark"] as const;

export type Theme = (typeof themes)[number];

type Store = Pick<Storage, "getItem" | "setItem">;

interface Settings {
  /** null for that of the browser */
  locale: Locale | null;
  theme: Theme;
  /** whether single keys act on the page */
  keysOn: boolean;
  /** whether the tour was taken, or was not wanted */
  isTourOver: boolean;
  /** ids of what was chosen last in the palette, the latest first */
  recent: readonly string[];
}

const key = "perennial.settings";
const mostRecent = 8;

/**
 * What the reader set for every visit, in the browser's own storage: nothing of a document or a file is among it.
 * A browser that refuses storage keeps it until the tab closes.
 */
export class ReaderSettings {
  readonly #store: (() => Store) | null;
  #now = $state.raw<Settings>(toSettings({}));

  /** @param store asked for at each use: a browser may throw where storage is off; null for this visit alone */
  constructor(store: (() => Store) | null = () => globalThis.localStorage) {
    this.#store = store;
    this.#now = this.#read();
  }

  get locale(): Locale | null {
    return this.#now.locale;
  }

  set locale(locale: Locale) {
    this.#set({ locale });
  }

  get theme(): Theme {
    return this.#now.theme;
  }

  set theme(theme: Theme) {
    this.#set({ theme });
  }

  get keysOn(): boolean {
    return this.#now.keysOn;
  }

  set keysOn(keysOn: boolean) {
    this.#set({ keysOn });
  }

  get isTourOver(): boolean {
    return this.#now.isTourOver;
  }

  get recent(): readonly string[] {
    return this.#now.recent;
  }

  endTour(): void {
    this.#set({ isTourOver: true });
  }

  /** Notes that something was chosen; its id must not hold a name that the reader gave. */
  use(id: string): void {
    const others = this.#now.recent.filter((other) => other !== id);
    this.#set({ recent: [id, ...others].slice(0, mostRecent) });
  }

  #set(part: Partial<Settings>): void {
    this.#now = { ...this.#now, ...part };
    try {
      // another tab may have set, or forgotten, the other parts
      this.#store?.().setItem(key, JSON.stringify({ ...this.#stored(), ...part }));
    } catch {
      // this tab knows it
    }
  }

  #read(): Settings {
    try {
      return toSettings(this.#stored());
    } catch {
      return toSettings({});
    }
  }

  #stored(): Partial<Settings> {
    const text = this.#store?.().getItem(key);
    try {
      const stored: unknown = JSON.parse(text ?? "{}");
      return typeof stored === "object" && stored !== null ? stored : {};
    } catch {
      return {};
    }
  }
}

/** What was stored may be of another version, or of another hand: only what fits is taken. */
function toSettings({
  locale,
  theme,
  keysOn,
  isTourOver,
  recent,
}: Partial<Record<keyof Settings, unknown>>): Settings {
  const ids = Array.isArray(recent) ? recent.filter((id) => typeof id === "string") : [];
  return {
    locale: locales.find((known) => known === locale) ?? null,
    theme: themes.find((known) => known === theme) ?? "auto",
    keysOn: keysOn !== false,
    isTourOver: isTourOver === true,
    recent: ids.slice(0, mostRecent),
  };
}
