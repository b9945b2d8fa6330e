import { inspectFile, refusedPlan } from "../intake/inspectFile.ts";
import type { FilePlan as IntakePlan } from "../intake/plan.ts";
import { fingerprint } from "./fingerprint.ts";
import type { FileRecipe } from "../notebook/notebook.ts";
import { recall } from "./recipe.ts";
import type { ShapeMemory } from "./shapeMemory.ts";
import type { Answers, Source } from "./source.ts";

/**
 * The plan of a source, with what the reader said of it, and of files of its shape before. What was
 * said before of the shape gives way to what is said now, and to what the notebook says of its own files.
 *
 * @returns also the source, with its shape, and whether something remembered decides how it is read
 */
export async function inspectSource(
  source: Source,
  answers: Answers,
  memory: ShapeMemory | undefined,
  recipes: readonly FileRecipe[] = [],
): Promise<{ source: Source; plan: IntakePlan }> {
  const { file, name, error } = source;
  if (error) return { source, plan: refusedPlan(name, error) };
  const found = source.shape === undefined ? await inspectFile(file, name) : undefined;
  const known = found ? await remember(source, found, memory, recipes) : source;
  const { corrections, recalled } = known;
  const isAsFound = found && !hasAny(answers) && !hasAny(corrections);
  const plan = isAsFound ? found : await inspectFile(file, name, answers, corrections);
  const told = Object.entries(recalled?.answers ?? {}).filter(([id]) =>
    plan.questions.some((question) => question.id === id),
  );
  const isRecalled = told.length > 0 || hasAny(recalled?.corrections);
  if (told.length === 0) return { source: { ...known, isRecalled }, plan };
  const own = Object.fromEntries(told.map(([id, option]) => [`${name}:${id}`, option]));
  const settled = await inspectFile(file, name, { ...own, ...answers }, corrections);
  return { source: { ...known, isRecalled }, plan: settled };
}

/** Once for each file: from then on the reader may correct it, or ask for it as found. */
async function remember(
  source: Source,
  found: IntakePlan,
  memory: ShapeMemory | undefined,
  recipes: readonly FileRecipe[],
): Promise<Source> {
  const shape = await fingerprint(found);
  const known = shape === null ? undefined : memory?.recall(shape);
  const recalled = recall(found, recipes) ?? known;
  const corrections = { ...recalled?.corrections, ...source.corrections };
  return { ...source, shape, corrections, ...(recalled && { recalled }) };
}

function hasAny(part: object | undefined): boolean {
  return part !== undefined && Object.keys(part).length > 0;
}
