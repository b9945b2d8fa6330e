import type { Bundle } from "../bundle/bundle.ts";
import { isBundleName } from "../bundle/bundle.ts";
import { parseKey } from "../bundle/bundleKey.ts";
import { isBundle } from "../bundle/header.ts";
import { openBundle } from "../bundle/openBundle.ts";

/** What is there of a bundle that is to be opened: its file, its key as it was typed or sent, or both. */
export interface Offer {
  file: File | null;
  key: string;
}

/** Whether a file is a bundle, and not data to be read. */
export async function isSealed(file: File): Promise<boolean> {
  return isBundleName(file.name) || (await isBundle(file).catch(() => false));
}

/** A bundle on its way in: the file and its key come by two ways, in any order. */
export class Incoming {
  offer = $state.raw<Offer | null>(null);
  /** of the file that is being opened, 0 to 1; null while none is */
  share = $state.raw<number | null>(null);
  /** why it could not be opened */
  trouble = $state.raw<unknown>(null);
  readonly #open: (bundle: Bundle) => Promise<void>;
  #opening: AbortController | undefined;

  /** @param open shows what was in a bundle */
  constructor(open: (bundle: Bundle) => Promise<void>) {
    this.#open = open;
  }

  /** A file or a key was given; with both it is opened. */
  async take(part: Partial<Offer>): Promise<void> {
    const { file, key } = { file: null, key: "", ...this.offer, ...part };
    this.#opening?.abort();
    this.offer = { file, key };
    this.trouble = null;
    this.share = null;
    if (file && key.trim()) await this.#decrypt(file, key);
  }

  /** The reader does not want it opened. */
  dismiss(): void {
    this.#opening?.abort();
    this.offer = null;
    this.trouble = null;
    this.share = null;
  }

  async #decrypt(file: File, key: string): Promise<void> {
    const opening = new AbortController();
    this.#opening = opening;
    const isCurrent = () => this.#opening === opening && !opening.signal.aborted;
    this.share = 0;
    try {
      const bundle = await openBundle(file, parseKey(key), {
        signal: opening.signal,
        onProgress: (share) => isCurrent() && (this.share = share),
      });
      if (!isCurrent()) return;
      this.dismiss();
      await this.#open(bundle);
    } catch (error) {
      if (!isCurrent()) return;
      this.share = null;
      this.trouble = error;
    }
  }
}
