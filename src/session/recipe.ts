import type { FilePlan as IntakePlan } from "../intake/plan.ts";
import type { FileKind, Role } from "../intake/report.ts";
import { fileKinds } from "../intake/report.ts";
import type { FileRecipe } from "../notebook/notebook.ts";
import type { Remembered } from "./shapeMemory.ts";
import type { Shelf } from "./shelf.ts";
import type { FilePlan, Source } from "./source.ts";

type Read = Pick<FilePlan["report"], "name" | "kind" | "platform" | "mapping">;

/**
 * What the files are, for those who read the notebook with files of their own.
 *
 * @param isNamed whether their names are told too, for a study that is published with them
 */
export function toRecipes(
  files: readonly { report: Read }[],
  shelf: Shelf,
  { isNamed = false } = {},
): FileRecipe[] {
  return files
    .filter(({ report }) => report.kind !== "refused")
    .map(({ report: { name, kind, platform, mapping } }) => {
      const source = shelf.sources.find((one) => one.name === name);
      const src = isNamed ? { src: source?.origin ?? name } : {};
      return { kind, platform, ...src, columns: mapping, answers: answersOf(name, source, shelf) };
    });
}

/** What the reader settled of a file, before or now, for all files or for it alone. */
function answersOf(name: string, source: Source | undefined, { answers }: Shelf) {
  const own = `${name}:`;
  const all = Object.entries(answers).filter(([id]) => !id.includes(":"));
  const alone = Object.entries(answers)
    .filter(([id]) => id.startsWith(own))
    .map(([id, option]) => [id.slice(own.length), option]);
  return { ...source?.recalled?.answers, ...Object.fromEntries([...all, ...alone]) };
}

/**
 * How a file is to be read as the notebook's own file was: of the files that it was made with, one whose
 * columns are all there, of the same kind if there is one. Undefined where none is.
 */
export function recall(
  { kind, columns, mapping }: Pick<IntakePlan, "kind" | "columns" | "mapping">,
  recipes: readonly FileRecipe[],
): Remembered | undefined {
  const fitting = recipes.filter((recipe) =>
    Object.values(recipe.columns)
      .flat()
      .every((name) => columns.includes(name)),
  );
  const recipe = fitting.find((one) => one.kind === kind) ?? fitting[0];
  const told = fileKinds.find((known) => known === recipe?.kind);
  if (!recipe || !told) return undefined;
  const differing = Object.entries(recipe.columns).filter(
    ([role, column]) => String(mapping[role as Role] ?? "") !== String(column),
  );
  return {
    answers: { ...recipe.answers },
    corrections: {
      ...(told !== kind && { kind: told }),
      ...(differing.length > 0 && { mapping: Object.fromEntries(differing) }),
    },
  };
}

/** What the notebook's own files had and these have not. */
export interface Unfit {
  kind: FileKind;
  /** roles without a column; null where there is no file of that kind at all */
  roles: Role[] | null;
}

export function unfitOf(
  files: readonly { report: Read }[],
  recipes: readonly FileRecipe[],
): Unfit[] {
  return recipes.flatMap((recipe): Unfit[] => {
    const kind = recipe.kind as FileKind;
    const alike = files.filter(({ report }) => report.kind === kind);
    if (alike.length === 0) return [{ kind, roles: null }];
    const missing = (Object.keys(recipe.columns) as Role[]).filter((role) =>
      alike.every(({ report }) => report.mapping[role] === undefined),
    );
    return missing.length > 0 ? [{ kind, roles: missing }] : [];
  });
}
