import { collapseHistory } from "./buyingHistory.ts";
import { expectedOrdersOfNew } from "./buyingModel.ts";
import { diagnoseData } from "./diagnose.ts";
import { fittedCovariance } from "./fittedCovariance.ts";
import { ModelError } from "./modelError.ts";
import type { CurveColumns, CurveParams, ModelResult } from "./modelRequest.ts";
import { pickModel } from "./pickModel.ts";
import { shiftParameter } from "./shiftParameter.ts";
import { quadraticForm } from "./symmetricMatrix.ts";

/**
 * What the model expects of a customer of whom nothing is known but the first purchase: repeat purchases
 * by age, E[X(t)], week by week. lower and upper are a 95 % interval of that expectation, by the delta
 * method on its logarithm; phase tells the ages that the data reach from those beyond.
 *
 * @throws ModelError "too-few-repeat-buyers", "no-customers", "invalid-columns", "invalid-parameter",
 * "unknown-model"
 */
export function curveTable(columns: CurveColumns, params: CurveParams): ModelResult {
  const { model: id = "best", horizon = 104 } = params;
  if (!(Number.isInteger(horizon) && horizon > 0 && horizon <= 5200)) {
    throw new ModelError("invalid-parameter", `invalid horizon; not 1 to 5200 weeks: ${horizon}`);
  }
  const { x, t_x_days: tXDays, T_days: TDays, customers, log_gaps } = columns;
  const history = collapseHistory({
    x,
    tXDays,
    TDays,
    customers,
    ...(log_gaps && { logGaps: log_gaps }),
  });
  const notes = diagnoseData(history);
  const { model, fit } = pickModel(id, history, notes);
  const { covariance, complete } = fittedCovariance(fit);
  if (!complete) {
    notes.push({ code: "interval-incomplete", value: 0, model: fit.model, blocks: false });
  }
  const curveOf = (parameters: readonly number[]) => {
    const predictor = model.predictor(parameters);
    return Float64Array.from({ length: horizon + 1 }, (_, week) =>
      week === 0 ? 0 : expectedOrdersOfNew(predictor, week),
    );
  };
  const orders = curveOf(fit.parameters);
  const logSlopes = fit.parameters.map((_, i) => {
    const [up, down] = [difference, -difference].map((by) =>
      curveOf(shiftParameter(model, fit.parameters, i, by)),
    );
    return orders.map((_, week) =>
      week === 0 ? 0 : Math.log(up![week]! / down![week]!) / (2 * difference),
    );
  });
  const spread = orders.map((_, week) => {
    const gradient = logSlopes.map((slope) => slope[week]!);
    return Math.exp(normal95 * Math.sqrt(Math.max(0, quadraticForm(covariance, gradient))));
  });
  const weeks = Array.from(orders.keys());
  return {
    columns: {
      model: weeks.map(() => fit.model),
      week: Float64Array.from(weeks),
      expected_orders: orders,
      lower: orders.map((value, week) => value / spread[week]!),
      upper: orders.map((value, week) => value * spread[week]!),
      weekly_orders: orders.map((value, week) => (week === 0 ? NaN : value - orders[week - 1]!)),
      phase: weeks.map((week) => (week <= history.maxT ? "observed" : "beyond")),
      customers: Float64Array.from(weeks, () => history.customers),
    },
    notes,
  };
}

const normal95 = 1.959963984540054;
const difference = 1e-4; // of a search coordinate
