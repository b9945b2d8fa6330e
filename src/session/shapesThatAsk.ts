import type { ReadFile } from "./loadFile.ts";

/** The shapes of the files that ask a question, each with the question's id as the file has it. */
export function shapesThatAsk(
  read: readonly ReadFile[],
  questionId: string,
): { shape: string; id: string }[] {
  return read.flatMap(({ source: { shape }, plan }) =>
    plan.questions
      .filter(({ id }) => questionId === id || questionId === `${plan.name}:${id}`)
      .flatMap(({ id }) => (shape ? [{ shape, id }] : [])),
  );
}
