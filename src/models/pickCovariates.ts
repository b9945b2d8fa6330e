import type { BuyingHistory } from "./buyingHistory.ts";
import { chooseCovariates } from "./chooseCovariates.ts";
import type { Diagnostic } from "./diagnose.ts";
import type { Fit } from "./fitModel.ts";
import type { ForecastPart } from "./forecastParts.ts";
import type { CustomerColumns, Labels } from "./modelRequest.ts";
import { pickModel } from "./pickModel.ts";
import { splitByCovariates } from "./splitByCovariates.ts";

/** A fit, and whom to forecast by it. */
interface Picked {
  fit: Fit;
  parts: ForecastPart[];
}

/**
 * The model to forecast by, with the covariates asked for where these data settle their
 * coefficients, else ("covariates-unsettled") and where none are asked for as `pickModel`.
 *
 * @param history of all rows
 * @param notes what to know of it is added to these
 * @throws ModelError "no-covariates", "invalid-parameter", and as `pickModel`
 */
export function pickCovariates(
  { model: id, covariates: wanted }: { model: string; covariates: string },
  labels: Labels,
  columns: CustomerColumns,
  history: BuyingHistory,
  notes: Diagnostic[],
): Picked {
  const split = splitByCovariates(wanted, labels, columns);
  notes.push(...split.notes);
  if (split.names.length > 0) {
    const { chosen, modelOf, reasons } = chooseCovariates(id, split.names, split.parts, history);
    if (chosen.identifiable) {
      notes.push(...reasons);
      const parts = split.parts.map(({ z, ...part }) => ({ ...part, model: modelOf(z) }));
      return { fit: chosen.fit, parts };
    }
    const { model } = chosen.fit;
    notes.push({ code: "covariates-unsettled", value: 0, model, blocks: false });
  }
  const { model, fit } = pickModel(id, history, notes);
  return { fit, parts: [{ model, history, rows: undefined }] };
}
