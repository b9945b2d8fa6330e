import { BundleError } from "../bundle/bundleError.ts";
import { withoutExcerpt } from "../catalog/faultPlace.ts";
import { StatementError } from "../catalog/readerQuery.ts";
import { EngineError } from "../engine/engine.ts";
import { IntakeError } from "../intake/intakeError.ts";
import type { IntakeErrorCode } from "../intake/intakeError.ts";
import type { FilePlan } from "../intake/plan.ts";
import { NotebookError } from "../notebook/notebookError.ts";
import { DocumentError } from "./documents.ts";
import { ModelError } from "../models/modelError.ts";
import { CircleError, SourceError } from "./cellGraph.ts";

export interface Words {
  text: (key: string, values?: Record<string, string | number>) => string;
}

/** A code to tell errors apart by, and the sentence for it in the reader's language. */
export interface Trouble {
  code: string;
  message: string;
}

/** What went wrong, where, and what would help, whichever room it came from. */
export function errorText(words: Words, error: unknown): Trouble {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof EngineError) {
    const said = withoutExcerpt(message);
    return say(words, "engine", error.code, { message: said }, said);
  }
  if (error instanceof ModelError) {
    const count = error.value ?? 0;
    return say(words, "model", error.code, { message, count, value: count }, message);
  }
  if (error instanceof IntakeError) {
    return say(words, "refusal", error.code, { message, ...error.args }, message);
  }
  if (error instanceof BundleError) return say(words, "bundle.why", error.code, {}, message);
  if (error instanceof DocumentError) {
    const { cause, code, path } = error;
    const why =
      cause instanceof NotebookError
        ? say(words, "document.fault", cause.code, { line: cause.line, word: cause.word }, message)
        : say(words, "document.why", code, { path }, message);
    return {
      code: "document",
      message: words.text("document.unreadable", { message: why.message }),
    };
  }
  return cellText(words, error) ?? otherText(error, message);
}

/** What is wrong with a cell of the reader's own. */
function cellText(words: Words, error: unknown): Trouble | undefined {
  if (error instanceof SourceError) {
    return say(words, "statement", "source", { cell: error.cell }, error.message);
  }
  if (error instanceof CircleError) {
    return say(words, "statement", "circle", { way: error.way }, error.message);
  }
  if (error instanceof StatementError) {
    return say(words, "statement", error.code, { word: error.word }, error.message);
  }
  if (!(error instanceof SyntaxError)) return undefined;
  const [, line, what] = /^cells\/.*?\.sql:(\d+): (.*)$/s.exec(error.message) ?? [];
  if (line === undefined || what === undefined) return undefined;
  return say(words, "statement", "frontMatter", { line, what }, error.message);
}

function otherText(error: unknown, message: string): Trouble {
  return { code: error instanceof RangeError ? "invalid" : "failed", message };
}

/** Why a file was refused, as an error. */
export function toRefusal({ name, error }: Pick<FilePlan, "name" | "error">): IntakeError {
  const { code = "unreadable", args = {} } = error ?? {};
  return new IntakeError(code as IntakeErrorCode, { file: name, ...args });
}

/** Why the first file that was refused was refused. */
export function refusalOf(
  read: readonly { plan: Pick<FilePlan, "name" | "error"> }[],
): IntakeError | null {
  const refused = read.find(({ plan }) => plan.error);
  return refused ? toRefusal(refused.plan) : null;
}

/** The files with why they were refused in the language of now. */
export function sayRefusals<File extends { report: { error?: Trouble } }>(
  words: Words,
  files: readonly File[],
  read: readonly { plan: Pick<FilePlan, "name" | "error"> }[],
): File[] {
  return files.map((file, i) => {
    const plan = read[i]?.plan;
    if (!plan?.error) return file;
    return { ...file, report: { ...file.report, error: errorText(words, toRefusal(plan)) } };
  });
}

function say(
  words: Words,
  family: string,
  code: string,
  values: Record<string, string | number>,
  fallback: string,
): Trouble {
  const key = `${family}.${code}`;
  const said = words.text(key, values);
  return { code, message: said === key ? fallback : said };
}
