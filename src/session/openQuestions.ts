import type { Question } from "../intake/report.ts";
import type { FilePlan } from "./source.ts";

/**
 * What the files ask, each thing once: files that ask the same with the same guess share one
 * question; where the guesses differ every file asks for itself, under its name.
 */
export function openQuestions(files: readonly Pick<FilePlan, "report">[]): Question[] {
  const asked = files.flatMap(({ report }) =>
    report.questions.map((question) => ({ file: report.name, question })),
  );
  const guesses = (id: string) =>
    new Set(
      asked.filter(({ question }) => question.id === id).map(({ question }) => question.guess),
    );
  const open = new Map<string, Question>();
  for (const { file, question } of asked) {
    const id = guesses(question.id).size > 1 ? `${file}:${question.id}` : question.id;
    if (!open.has(id)) open.set(id, { ...question, id });
  }
  return [...open.values()];
}
