import { bgBb } from "./bgBb.ts";
import { daysPerWeek } from "./buyingHistory.ts";
import { type FittedModel, fitModels } from "./chooseModel.ts";
import { compareModels, isOff, type Verdict } from "./compareModels.ts";
import { type Diagnostic, diagnoseData, limits } from "./diagnose.ts";
import { type Holdout, readHoldout } from "./holdout.ts";
import { forecastHoldout, type HoldoutForecast } from "./holdoutForecast.ts";
import { scoreNaive } from "./holdoutScore.ts";
import { keepsOneTimers } from "./keepsOneTimers.ts";
import { ModelError } from "./modelError.ts";
import type {
  ModelCell,
  ModelResult,
  ValidationColumns,
  ValidationParams,
} from "./modelRequest.ts";
import { trackingBand } from "./trackingBand.ts";

/**
 * Fits to the first part of the time and holds the rest against what the fit foresees of it: the
 * weekly curve of the customers' repeat purchases (tracking), their mean by frequency (frequency), or
 * every model beside the others (models).
 *
 * A model whose parameters cannot be told from the calibration gives way to the NBD, as it does in a
 * forecast; among `models` each stands for itself.
 *
 * @throws ModelError "empty-calibration", "empty-holdout", "too-few-repeat-buyers" under 30,
 * "invalid-columns", "invalid-parameter", "unknown-model"
 */
export function validationTable(columns: ValidationColumns, params: ValidationParams): ModelResult {
  const { model = "bg-nbd", view = "tracking", pool = 7 } = params;
  if (!(Number.isInteger(pool) && pool >= 1 && pool <= 1000)) {
    throw new ModelError("invalid-parameter", `invalid pool; not 1 to 1000: ${pool}`);
  }
  if (!["tracking", "frequency", "models"].includes(view)) {
    throw new ModelError("invalid-parameter", `unknown view: ${view}`);
  }
  const holdout = readHoldout(columns);
  requireRepeatBuyers(holdout);
  const notes = diagnoseData(holdout.history);
  if (view === "models") return compare(holdout, pool, notes);
  const { chosen, forecast } = pick(model, holdout, pool, notes);
  notes.push(...judge(chosen, forecast, holdout));
  return {
    columns: view === "tracking" ? track(chosen, holdout) : byFrequency(forecast),
    notes,
    facts: factsOf(chosen, forecast, holdout),
  };
}

function requireRepeatBuyers({ history: { repeatBuyers } }: Holdout): void {
  if (repeatBuyers >= limits.repeatBuyers) return;
  throw new ModelError(
    "too-few-repeat-buyers",
    `too few customers with a second purchase day before the split: ${repeatBuyers}`,
    { value: repeatBuyers, needed: limits.repeatBuyers },
  );
}

interface Picked {
  chosen: FittedModel;
  forecast: HoldoutForecast;
}

function pick(id: string, holdout: Holdout, pool: number, notes: Diagnostic[]): Picked {
  if (id === bgBb.id) {
    throw new ModelError("unknown-model", `no weeks to hold against for a model of months: ${id}`);
  }
  const { fitted, baseline } = fitModels(id, holdout.history);
  if (id === "best") {
    const verdicts = compareModels(fitted, baseline, holdout, pool);
    const [best] = verdicts;
    notes.push(...explain(verdicts), ...best!.fitted.diagnostics);
    return { chosen: best!.fitted, forecast: best!.forecast };
  }
  const [asked] = fitted;
  notes.push(...asked!.diagnostics);
  const chosen = asked!.identifiable ? asked! : baseline;
  if (chosen !== asked) notes.push(about("fallback-to-nbd", 0, asked!.fit.model));
  return { chosen, forecast: forecastHoldout(chosen, holdout, pool) };
}

/** what the holdout says of the model that is shown */
function judge(fitted: FittedModel, forecast: HoldoutForecast, holdout: Holdout): Diagnostic[] {
  const { model } = fitted.fit;
  const { bias, lower, upper } = forecast;
  const found: Diagnostic[] = [];
  if (isOff(forecast)) {
    const code = (bias ?? 1) > 0 ? "holdout-over" : "holdout-under";
    found.push(about(code, Math.round(Math.abs(bias ?? 1) * 100), model));
  }
  if (lower === null || upper === null) found.push(about("interval-incomplete", 0, model));
  else if (holdout.actual < lower || holdout.actual > upper) {
    found.push(about("outside-interval", holdout.actual, model));
  }
  const naive = scoreNaive(holdout);
  if (forecast.mae > naive.mae) found.push(about("naive-is-nearer", forecast.mae, model));
  if (keepsOneTimers(fitted, holdout.history.maxT)) {
    const { customers, repeatBuyers } = holdout.history;
    found.push(about("one-timers-alive", customers - repeatBuyers, model));
  }
  return found;
}

function about(code: Diagnostic["code"], value: number, model: string): Diagnostic {
  return { code, value, model, blocks: false };
}

function factsOf(
  { fit }: FittedModel,
  { predicted, lower, upper, bias }: HoldoutForecast,
  { history, actual, weeks, splitDay }: Holdout,
): Record<string, ModelCell> {
  const split = new Date(splitDay * 86_400_000).toISOString().slice(0, 10);
  const round = (value: number | null) => (value === null ? null : Math.round(value));
  return {
    model: fit.model,
    split,
    customers: history.customers,
    weeks: Math.round(weeks * 10) / 10,
    actual,
    predicted: round(predicted),
    lower: round(lower),
    upper: round(upper),
    bias,
  };
}

function track(fitted: FittedModel, holdout: Holdout): ModelResult["columns"] {
  const { predicted, interval } = trackingBand(fitted, holdout);
  const weeks = Array.from(predicted.keys());
  const actual = holdout.weekly;
  const actualTotal = Float64Array.from(actual);
  for (let week = 1; week < weeks.length; ++week) actualTotal[week]! += actualTotal[week - 1]!;
  const calibration = (holdout.splitDay - holdout.firstDay) / daysPerWeek;
  return {
    week: weeks.map((week) => week + 1),
    actual,
    predicted: predicted.map((orders, week) => orders - (week > 0 ? predicted[week - 1]! : 0)),
    actual_total: actualTotal,
    predicted_total: predicted,
    lower_total: interval?.lower ?? weeks.map(() => null),
    upper_total: interval?.upper ?? weeks.map(() => null),
    // a week that the split cuts belongs where most of it lies
    phase: weeks.map((week) => (week + 0.5 <= calibration ? "calibration" : "holdout")),
  };
}

function byFrequency({ byX }: HoldoutForecast): ModelResult["columns"] {
  return {
    x: byX.map(({ x }) => x),
    is_pooled: byX.map(({ isPooled }) => isPooled),
    customers: byX.map(({ customers }) => customers),
    actual_mean: byX.map(({ actual }) => actual),
    predicted_mean: byX.map(({ predicted }) => predicted),
    lower: byX.map(({ lower }) => lower),
    upper: byX.map(({ upper }) => upper),
  };
}

function compare(holdout: Holdout, pool: number, notes: Diagnostic[]): ModelResult {
  const { fitted, baseline } = fitModels("best", holdout.history);
  const verdicts = compareModels(fitted, baseline, holdout, pool);
  const [best] = verdicts;
  notes.push(...judge(best!.fitted, best!.forecast, holdout), ...explain(verdicts));
  const naive = scoreNaive(holdout);
  const forecast = (name: keyof HoldoutForecast) =>
    verdicts.map((verdict) => verdict.forecast[name] as number | null);
  const fit = (name: "logLikelihood" | "aic" | "bic") =>
    verdicts.map((one) => one.fitted.fit[name]);
  return {
    columns: {
      model: verdicts.map((one) => one.fitted.fit.model),
      is_chosen: verdicts.map(({ isChosen }) => isChosen),
      reason: verdicts.map(({ reasons }) => reasons.join(",")),
      log_likelihood: fit("logLikelihood"),
      aic: fit("aic"),
      bic: fit("bic"),
      holdout_actual: verdicts.map(() => holdout.actual),
      holdout_predicted: forecast("predicted"),
      bias: forecast("bias"),
      bias_lower: verdicts.map(({ forecast: { lower } }) => biasOf(lower, holdout)),
      bias_upper: verdicts.map(({ forecast: { upper } }) => biasOf(upper, holdout)),
      mae: forecast("mae"),
      naive_mae: verdicts.map(() => naive.mae),
      rmse: forecast("rmse"),
      correlation: forecast("correlation"),
      coverage: forecast("coverage"),
      nominal_coverage: forecast("nominalCoverage"),
    },
    notes,
    facts: factsOf(best!.fitted, best!.forecast, holdout),
  };
}

function biasOf(total: number | null, { actual }: Holdout): number | null {
  return total === null || actual === 0 ? null : total / actual - 1;
}

/** why the first is chosen, against the one that AIC would choose */
function explain([best, ...others]: readonly Verdict[]): Diagnostic[] {
  const { model, aic } = best!.fitted.fit;
  if (!best!.fitted.identifiable) return [about("fallback-to-nbd", 0, model)];
  const rival = others.find(({ reasons }) => reasons.includes("lowest-aic"));
  if (!rival) return [about("best-by-both", best!.forecast.rmse, model)];
  const figures = { error: rival.forecast.rmse, gap: aic - rival.fitted.fit.aic };
  const note = about("best-by-holdout", best!.forecast.rmse, model);
  return [{ ...note, figures, rival: rival.fitted.fit.model }];
}
