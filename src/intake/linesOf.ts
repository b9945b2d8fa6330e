import type { FilePlan } from "./plan.ts";

/**
 * The lines that some records of a clean file start on, by one pass over its bytes; stops after the
 * last one asked for. For a repaired file see `RepairedFile.lineOf`.
 *
 * @param rowNos 1-based records of data, as `row_no` has them
 */
export async function linesOf(
  file: Blob,
  plan: Pick<FilePlan, "skipRows" | "delimiter">,
  rowNos: number[],
): Promise<Map<number, number>> {
  const wanted = [...new Set(rowNos)].sort((a, b) => a - b);
  const found = new Map<number, number>();
  if (wanted.length === 0) return found;
  const scan = new RecordScan(plan, wanted, found);
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done || scan.take(value)) break;
  }
  reader.cancel().catch(() => undefined);
  return found;
}

const [lineFeed, carriageReturn, quoteMark] = [10, 13, 34];

/** Counts lines and records as the engine's reader does: blank lines are no records. */
class RecordScan {
  readonly #wanted: number[];
  readonly #found: Map<number, number>;
  readonly #delimiter: number;
  #toSkip: number;
  #next = 0;
  #line = 1;
  #record = 0;
  #quoted = false;
  #justClosed = false;
  #atFieldStart = true;
  #atLineStart = true;
  #afterReturn = false;

  constructor(
    { skipRows, delimiter }: Pick<FilePlan, "skipRows" | "delimiter">,
    wanted: number[],
    found: Map<number, number>,
  ) {
    this.#wanted = wanted;
    this.#found = found;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#toSkip = skipRows;
  }

  /** Whether all records that were asked for have been found. */
  take(bytes: Uint8Array): boolean {
    for (const byte of bytes) {
      if (byte === lineFeed && this.#afterReturn) {
        this.#afterReturn = false;
        continue;
      }
      this.#afterReturn = byte === carriageReturn;
      if (byte === lineFeed || byte === carriageReturn) this.#endLine();
      else if (this.#toSkip === 0 && this.#see(byte)) return true;
    }
    return false;
  }

  #endLine(): void {
    this.#line++;
    if (this.#toSkip > 0) this.#toSkip--;
    else if (!this.#quoted) {
      this.#atLineStart = this.#atFieldStart = true;
      this.#justClosed = false;
    }
  }

  #see(byte: number): boolean {
    if (this.#atLineStart) {
      this.#atLineStart = false;
      this.#record++;
      if (this.#record === this.#wanted[this.#next]) {
        this.#found.set(this.#record, this.#line);
        this.#next++;
        if (this.#next === this.#wanted.length) return true;
      }
    }
    const isQuote = byte === quoteMark;
    const wasQuoted = this.#quoted;
    // a doubled quote closes and opens again
    if (isQuote && (wasQuoted || this.#atFieldStart || this.#justClosed)) this.#quoted = !wasQuoted;
    this.#justClosed = isQuote && wasQuoted;
    this.#atFieldStart = !this.#quoted && byte === this.#delimiter;
    return false;
  }
}
