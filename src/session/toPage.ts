import type { Engine } from "../engine/engine.ts";
import type { FileReport } from "../intake/report.ts";
import type { ReadFile } from "./loadFile.ts";
import { readExamples } from "./readExamples.ts";
import type { FilePlan } from "./source.ts";

/** What the page shows of a file that was read. */
export async function toPage(
  engine: Engine,
  { plan, source, steps = [] }: ReadFile,
  report: FileReport,
): Promise<FilePlan> {
  return {
    report,
    columns: plan.columns,
    preview: plan.preview,
    tables: plan.tables,
    raw: plan.raw,
    confidence: plan.confidence,
    examples: await readExamples(engine, plan),
    notes: plan.notes,
    corrections: source.corrections,
    book: source.book,
    isRecalled: source.isRecalled === true,
    steps,
  };
}
