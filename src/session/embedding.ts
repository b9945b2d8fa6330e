import type { Automation } from "./automation.ts";
import { markHostFiles } from "./hostFiles.ts";

/** What a page around this one asks, by `postMessage`. */
export interface EmbeddingRequest {
  perennial: 1;
  /** comes back with the answer */
  id: string | number;
  /** as in `window.perennial`: "run", "notebook.get", … */
  call: string;
  arguments: readonly unknown[];
}

export type EmbeddingAnswer = { perennial: 1; id: string | number } & (
  { result: unknown } | { error: { code: string; message: string } }
);

export type EmbeddingEvent = { perennial: 1 } & (
  | { event: "ready"; version: string }
  /** what is shown became another; `isReadable` says whether calls are answered now */
  | { event: "changed"; state: string; isReadable: boolean }
);

/** What decides whether the page around may read what there is. */
export interface Gate {
  /** a code and a sentence where it may not now */
  refusal(): { code: "not-allowed" | "busy"; message: string } | undefined;
  /** the same as long as the same files are open */
  files(): unknown;
}

type Calls = Record<string, (automation: Automation, given: readonly unknown[]) => unknown>;

/** Every call, with its arguments judged: they come from another site. */
const calls: Calls = {
  ready: ({ ready }) => ready,
  importFiles: (automation, [files, options]) =>
    automation.importFiles(toHostFiles(files), toOptions(options)),
  analyses: (automation) => automation.analyses(),
  run: (automation, [id, params]) => automation.run(toText(id), toRecord(params)),
  sql: (automation, [text]) => automation.sql(toText(text)),
  "notebook.get": ({ notebook }) => notebook.get(),
  "notebook.set": ({ notebook }, [markdown]) => notebook.set(toText(markdown)),
  share: (automation) => automation.share(),
  report: (automation, [options]) => automation.report(toRecord(options)),
  demo: (automation, [options]) => automation.demo(toRecord(options)),
  reset: (automation) => automation.reset(),
};

/** Calls that tell nothing of the files: they are answered always. */
const open = new Set(["ready"]);

/** Calls that put other files in the place of those that there were. */
const changing = new Set(["importFiles", "demo", "reset"]);

/** A message that is meant for this interface; undefined for any other. */
export function toRequest(data: unknown): EmbeddingRequest | undefined {
  if (!isRecord(data) || data["perennial"] !== 1 || !("call" in data)) return undefined;
  const { id, call, arguments: given = [] } = data;
  const isId = typeof id === "string" || typeof id === "number";
  if (!isId || typeof call !== "string" || !Array.isArray(given)) return undefined;
  return { perennial: 1, id, call, arguments: given };
}

/**
 * Answers one call. Whether the page around may read is asked before, and of what is told also after: the reader may
 * have given a file meanwhile.
 */
export async function answerRequest(
  { id, call, arguments: given }: EmbeddingRequest,
  automation: Automation,
  gate: Gate,
): Promise<EmbeddingAnswer> {
  const refuse = (code: string, message: string): EmbeddingAnswer => ({
    perennial: 1,
    id,
    error: { code, message },
  });
  const run = Object.hasOwn(calls, call) ? calls[call] : undefined;
  if (!run) {
    const known = Object.keys(calls).join(", ");
    return refuse("unknown-call", `unknown call: ${call}; there are: ${known}`);
  }
  const before = open.has(call) ? undefined : gate.refusal();
  if (before) return refuse(before.code, before.message);
  const files = gate.files();
  const outcome = await settle(() => run(automation, given));
  if (!open.has(call)) {
    const after = gate.refusal();
    if (after) return refuse(after.code, after.message);
    if (!changing.has(call) && gate.files() !== files)
      return refuse("busy", "the files became others meanwhile; ask again");
  }
  return "error" in outcome
    ? refuse(outcome.error.code, outcome.error.message)
    : { perennial: 1, id, result: outcome.result };
}

async function settle(
  work: () => unknown,
): Promise<{ result: unknown } | { error: { code: string; message: string } }> {
  try {
    return { result: await work() };
  } catch (error) {
    const { code = "failed" } = error as { code?: unknown };
    const message = error instanceof Error ? error.message : String(error);
    const isInvalid = error instanceof RangeError || error instanceof TypeError;
    return { error: { code: isInvalid ? "invalid" : String(code), message } };
  }
}

/** Files as they come through a message, marked as the other page's own. */
function toHostFiles(value: unknown): File[] {
  if (!Array.isArray(value)) throw new TypeError("invalid files; not a list");
  const files = value.map((file: unknown): File => {
    if (file instanceof File) return new File([file], file.name, { type: file.type });
    const { name, bytes } = toRecord(file);
    if (typeof name !== "string" || !(bytes instanceof Uint8Array || bytes instanceof ArrayBuffer))
      throw new TypeError("invalid file; neither a File nor { name, bytes }");
    return new File([bytes instanceof ArrayBuffer ? bytes : Uint8Array.from(bytes)], name);
  });
  markHostFiles(files);
  return files;
}

function toOptions(value: unknown): { answers?: Record<string, string> } {
  const { answers } = toRecord(value);
  const texts = Object.entries(toRecord(answers)).map(([id, answer]) => [id, toText(answer)]);
  return { answers: Object.fromEntries(texts) as Record<string, string> };
}

function toText(value: unknown): string {
  if (typeof value === "string") return value;
  throw new TypeError(`invalid argument; not text: ${typeof value}`);
}

function toRecord(value: unknown): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (isRecord(value)) return value;
  throw new TypeError("invalid argument; not an object");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
