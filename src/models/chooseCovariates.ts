import { bgNbd } from "./bgNbd.ts";
import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel } from "./buyingModel.ts";
import type { FittedModel } from "./chooseModel.ts";
import { type Diagnostic, diagnoseBuying, isIdentifiable } from "./diagnose.ts";
import { type CovariatePart, fitCovariates } from "./fitCovariates.ts";
import { fitBuying } from "./fitModel.ts";
import { ModelError } from "./modelError.ts";
import { nbd } from "./nbd.ts";
import { paretoNbd } from "./paretoNbd.ts";
import { withCovariates } from "./withCovariates.ts";

/** A model with covariates; its `model` is that of customers whose covariates are all 0. */
export interface CovariateChoice {
  chosen: FittedModel;
  /** of customers with these covariates */
  modelOf: (z: readonly number[]) => BuyingModel;
  reasons: Diagnostic[];
}

/** the models that take covariates */
const takers: readonly BuyingModel[] = [bgNbd, paretoNbd];

/**
 * The named model with covariates, or for `best` the one of the lowest AIC among those that take
 * them and whose parameters can be told from the data, or the first where none can.
 *
 * @param names of the covariates, at least one
 * @param parts of all customers by distinct covariates
 * @param whole the same customers together
 * @throws ModelError "no-covariates" for a model that takes none
 */
export function chooseCovariates(
  id: string,
  names: readonly string[],
  parts: readonly CovariatePart[],
  whole: BuyingHistory,
): CovariateChoice {
  requireTaker(id);
  const plain = fitBuying(nbd, whole);
  const choices = takers
    .filter((base) => id === "best" || base.id === id)
    .map((base) => {
      const { fit, without } = fitCovariates(base, names, parts, whole);
      const diagnostics = diagnoseBuying(fit, whole, plain);
      const modelOf = (z: readonly number[]) => withCovariates(base, names, z);
      const model = modelOf(names.map(() => 0));
      const gain = without.aic - fit.aic;
      const code = gain > 0 ? "covariates-gain" : "covariates-no-gain";
      const note = { code, value: Math.abs(gain), model: base.id, blocks: false } as const;
      const chosen = { model, fit, diagnostics, identifiable: isIdentifiable(diagnostics) };
      return { chosen, modelOf, reasons: [note] };
    });
  const known = choices.filter(({ chosen }) => chosen.identifiable);
  const ordered = known.toSorted((a, b) => a.chosen.fit.aic - b.chosen.fit.aic);
  return ordered[0] ?? choices[0]!;
}

/** @throws ModelError "no-covariates" for a model that takes none */
export function requireTaker(id: string): void {
  if (id === "best" || takers.some((base) => base.id === id)) return;
  throw new ModelError("no-covariates", `no covariates for this model: ${id}`);
}
