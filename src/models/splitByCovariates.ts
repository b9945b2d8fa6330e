import { type BuyingHistory, collapseHistory } from "./buyingHistory.ts";
import { type Design, designCovariates } from "./designCovariates.ts";
import type { CustomerColumns, Labels } from "./modelRequest.ts";

/** Customers by their covariates. */
interface Split extends Pick<Design, "names" | "notes"> {
  parts: { z: number[]; rows: Uint32Array; history: BuyingHistory }[];
}

/**
 * The rows of each distinct combination of covariates, with their history.
 *
 * @param wanted names of covariates with commas between; none: no names and no parts
 * @param labels of the columns that are covariates
 * @throws ModelError "invalid-parameter" for a name that is not among the covariates
 */
export function splitByCovariates(
  wanted: string,
  labels: Labels,
  columns: CustomerColumns & { customers?: Float64Array },
): Split {
  if (wanted.trim() === "") return { names: [], notes: [], parts: [] };
  const { x, t_x_days: tX, T_days: T, customers = new Float64Array(x.length).fill(1) } = columns;
  const codesOf = columns as unknown as Record<string, Float64Array>;
  const covariates = Object.fromEntries(
    Object.entries(labels).map(([name, levels]) => [name, { codes: codesOf[name]!, levels }]),
  );
  const { names, notes, cells } = designCovariates(wanted, covariates, customers);
  if (names.length === 0) return { names, notes, parts: [] };
  const parts = cells.map(({ z, rows }) => {
    const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
    const history = collapseHistory({
      x: take(x),
      tXDays: take(tX),
      TDays: take(T),
      customers: take(customers),
    });
    return { z, rows, history };
  });
  return { names, notes, parts };
}
