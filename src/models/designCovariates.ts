import type { Diagnostic } from "./diagnose.ts";
import { distinctOf } from "./distinctOf.ts";
import { ModelError } from "./modelError.ts";

/** A text column: the place of each row's text among the distinct ones, 0 where left out; "" is none. */
interface Covariate {
  codes: Float64Array;
  levels: readonly string[];
}

/** Static covariates as a model takes them. */
export interface Design {
  /** "first_channel=app": 1 for customers of that level, 0 for others; the commonest level has none */
  names: string[];
  /** rows of customers who share their values z, by distinct z */
  cells: { z: number[]; rows: Uint32Array }[];
  /** what was pooled or left out */
  notes: Diagnostic[];
}

/**
 * Codes the chosen covariates: one coefficient a level beside the commonest, which they are measured
 * against. Levels of fewer than 30 customers, and those beyond the eight next commonest, share one;
 * with the commonest where even together they are fewer. What is not known is a level, "(none)".
 *
 * @param wanted names with commas between; "channel" is "first_channel" too
 * @param customers of each row
 * @throws ModelError "invalid-parameter" for a name that is not among the covariates
 */
export function designCovariates(
  wanted: string,
  covariates: Readonly<Record<string, Covariate>>,
  customers: ArrayLike<number>,
): Design {
  const notes: Diagnostic[] = [];
  const factors = parseNames(wanted, Object.keys(covariates)).map((name) =>
    toFactor(name, covariates[name]!, customers, notes),
  );
  const keys = new Float64Array(customers.length);
  for (const { classOfLevel, codes, names } of factors) {
    for (let row = 0; row < keys.length; ++row) {
      keys[row] = keys[row]! * (names.length + 1) + classOfLevel[codes[row] ?? 0]!;
    }
  }
  const { distinct, places } = distinctOf(keys);
  const cells = Array.from(distinct, (key) => ({
    z: toValues(key, factors),
    rows: [] as number[],
  }));
  places.forEach((place, row) => cells[place]!.rows.push(row));
  return {
    names: factors.flatMap(({ names }) => names),
    cells: cells.map(({ z, rows: own }) => ({ z, rows: Uint32Array.from(own) })),
    notes,
  };
}

/** the names asked for, each once, as the columns are called */
function parseNames(wanted: string, known: readonly string[]): string[] {
  const names = wanted.split(/[\s,;、，；]+/).filter((name) => name !== "");
  const found = names.map((name) => {
    const column = [name, `first_${name}`, `first_is_${name}`].find((one) => known.includes(one));
    if (column !== undefined) return column;
    const choices = known.join(", ");
    throw new ModelError("invalid-parameter", `unknown covariate; not one of ${choices}: ${name}`);
  });
  return [...new Set(found)];
}

interface Factor {
  codes: Float64Array;
  /** 0 for the reference, else the place of its coefficient, from 1 */
  classOfLevel: number[];
  names: string[];
}

const leastCustomers = 30;
const mostLevels = 8;

function toFactor(
  covariate: string,
  { codes, levels }: Covariate,
  customers: ArrayLike<number>,
  notes: Diagnostic[],
): Factor {
  const counts = levels.map(() => 0);
  for (let row = 0; row < customers.length; ++row) counts[codes[row] ?? 0]! += customers[row]!;
  const texts = levels.map((level) => level || "(none)");
  const seen = [...counts.keys()].filter((level) => counts[level]! > 0);
  const isBefore = (a: number, b: number) => (texts[a]! < texts[b]! ? -1 : 1);
  seen.sort((a, b) => counts[b]! - counts[a]! || isBefore(a, b));
  const [, ...others] = seen;
  const own = others.slice(0, mostLevels).filter((level) => counts[level]! >= leastCustomers);
  const rest = others.filter((level) => !own.includes(level));
  const pooled = rest.reduce((sum, level) => sum + counts[level]!, 0);
  const names = own.sort(isBefore).map((level) => texts[level]!);
  if (pooled >= leastCustomers) names.push("(other)");
  const classOfLevel = counts.map(() => 0);
  own.forEach((level, place) => (classOfLevel[level] = place + 1));
  if (pooled >= leastCustomers) for (const level of rest) classOfLevel[level] = names.length;
  const note = { model: undefined, blocks: false, covariate };
  if (names.length === 0) notes.push({ ...note, code: "covariate-constant", value: 0 });
  else if (rest.length > 0) notes.push({ ...note, code: "levels-pooled", value: rest.length });
  return { codes, classOfLevel, names: names.map((level) => `${covariate}=${level}`) };
}

/** one value a coefficient, from the mixed number that a row's classes make */
function toValues(key: number, factors: readonly Factor[]): number[] {
  let rest = key;
  return factors
    .toReversed()
    .map(({ names }) => {
      const at = rest % (names.length + 1);
      rest = Math.floor(rest / (names.length + 1));
      return names.map((_, place) => (place + 1 === at ? 1 : 0));
    })
    .toReversed()
    .flat();
}
