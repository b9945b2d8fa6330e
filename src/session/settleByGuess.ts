import { inspectFile } from "../intake/inspectFile.ts";
import type { FilePlan } from "../intake/plan.ts";
import type { ReadFile } from "./loadFile.ts";
import type { Answers } from "./source.ts";

/**
 * The files as they were read, without a question that is answered as it was guessed.
 *
 * @param answers given before
 * @returns undefined where the answer, or a question that follows from it, reads a file otherwise
 */
export async function settleByGuess(
  read: readonly ReadFile[],
  { questionId, option }: { questionId: string; option: string },
  answers: Answers,
): Promise<ReadFile[] | undefined> {
  const isAsked = ({ plan }: ReadFile, id: string) =>
    questionId === id || questionId === `${plan.name}:${id}`;
  const asked = read.flatMap((file) => file.plan.questions.filter(({ id }) => isAsked(file, id)));
  if (asked.length === 0 || asked.some(({ guess }) => guess !== option)) return undefined;
  for (const file of read) {
    const before = await inspectAgain(file, answers);
    const after = await inspectAgain(file, { ...answers, [questionId]: option });
    const left = before.questions.filter(({ id }) => !isAsked(file, id));
    const expected = { ...before, questions: left };
    if (JSON.stringify(after) !== JSON.stringify(expected)) return undefined;
  }
  return read.map((file) => {
    const questions = file.plan.questions.filter(({ id }) => !isAsked(file, id));
    return { ...file, plan: { ...file.plan, questions } };
  });
}

/** From the slices that tell what a file is; none of its rows is read. */
async function inspectAgain({ source }: ReadFile, answers: Answers): Promise<FilePlan> {
  const { file, name, corrections, recalled } = source;
  const own = Object.entries(recalled?.answers ?? {}).map(([id, told]) => [`${name}:${id}`, told]);
  return inspectFile(file, name, { ...Object.fromEntries(own), ...answers }, corrections);
}
