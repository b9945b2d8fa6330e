import { queries } from "../catalog/queries.ts";
import type { Engine } from "../engine/engine.ts";
import { importSources } from "./importSources.ts";
import { dropTables } from "./pipeline.ts";

const rows = 30_000;
/** of a reader who has the file at hand; theirs must not wait for the made-up one */
const patienceMs = 1000;

/**
 * Reads a made-up file once, asks it everything and clears it away, while the reader looks for theirs. A browser first
 * runs fresh WebAssembly in a quick translation that is two to four times slower and compiles what
 * turns out to be busy; after this the reader's file meets the compiled code. It begins after a moment,
 * so that whoever comes with a file at once does not pay for it.
 */
export async function warmUp(engine: Engine, signal: AbortSignal): Promise<void> {
  await pause(patienceMs, signal);
  if (signal.aborted) return;
  const file = new File([madeUpOrders()], "warm-up.csv");
  await importSources(engine, [{ name: file.name, file, corrections: {} }], {
    answers: {},
    signal,
    onProgress: () => undefined,
  });
  for (const { folder, sql } of queries)
    if (folder === "analyses") await engine.query(sql, { signal });
  await dropTables(engine);
  performance.mark("perennial:warm");
}

/** Warms an engine up once. Its only use is speed: what goes wrong goes wrong again, and is said, with a real file. */
export class Warmer {
  #warming: AbortController | undefined;
  #isWarm = false;

  stop(): void {
    this.#warming?.abort();
  }

  /** @param after what is being read, which may make it needless @returns when it is over; never rejects */
  start(engine: Engine, after: Promise<void>, isNeeded: () => boolean): Promise<void> {
    this.stop();
    const warming = new AbortController();
    this.#warming = warming;
    return after
      .then(async () => {
        if (this.#isWarm || !isNeeded()) return;
        await warmUp(engine, warming.signal);
        this.#isWarm = !warming.signal.aborted; // also for the workers that come after this one
      })
      .catch(() => undefined);
  }
}

/** Ends at once where it is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function madeUpOrders(): string {
  const lines = ["Order ID,Customer ID,Order Date,Total,Channel,Product,Quantity"];
  for (let i = 0; i < rows; ++i) {
    const day = new Date(Date.UTC(2024, 0, 1) + i * 1_500_000).toISOString();
    const customer = (i * 7919) % 4001;
    lines.push(
      `${100_000 + i},C${customer},${day.slice(0, 10)} ${day.slice(11, 19)},${(i % 9000) + 1}.${10 + (i % 90)},Web ${i % 5},Product ${i % 40},${1 + (i % 4)}`,
    );
  }
  return lines.join("\n");
}
