import { bgBb } from "./bgBb.ts";
import { collapseHistory, daysPerWeek } from "./buyingHistory.ts";
import { chooseCovariates, requireTaker } from "./chooseCovariates.ts";
import { chooseModel } from "./chooseModel.ts";
import {
  type Diagnostic,
  diagnoseData,
  diagnoseSpend,
  isIdentifiable,
  limits,
} from "./diagnose.ts";
import { estimateRetention, findRetention } from "./estimateRetention.ts";
import { type Fit, fitSpend } from "./fitModel.ts";
import { ModelError } from "./modelError.ts";
import type {
  EstimateColumns,
  EstimateParams,
  Labels,
  ModelCell,
  ModelResult,
} from "./modelRequest.ts";
import { monthHistory } from "./monthHistory.ts";
import type { ParameterRange } from "./parameterRange.ts";
import { spendIndependence } from "./spendIndependence.ts";
import { collapseSpend, type SpendHistory } from "./spendHistory.ts";
import { splitByCovariates } from "./splitByCovariates.ts";
import { toDaysPerUnit } from "./timeUnit.ts";

/**
 * One row per parameter: of the model of buying (its whole number first) or of retention (followed
 * by what the parameters come to), then of the gamma-gamma model of spend. Standard errors by the
 * inverse Hessian in log-parameters and the delta method; lower and upper are a 95 % interval,
 * symmetric in the logarithm, or of a covariate's coefficient in itself; all three null where the Hessian is not positive definite.
 *
 * The log-likelihood is that of the times in weeks for either unit: the unit scales the parameters
 * of time (α) and nothing else.
 *
 * @throws ModelError "no-customers", "too-few-repeat-buyers" and "too-few-spenders" when there is
 * nobody to fit to, "invalid-columns", "invalid-parameter", "unknown-model", "no-covariates", and as
 * `estimateRetention` and `monthHistory`
 */
export function estimateTable(
  columns: EstimateColumns,
  params: EstimateParams,
  labels: Labels = {},
): ModelResult {
  const { model = "best", unit = "week", covariates = "" } = params;
  const wanted = covariates.trim();
  if (wanted !== "") requireTaker(model);
  const daysPerUnit = toDaysPerUnit(unit);
  const { x, t_x_days: tXDays, T_days: TDays, monetary, customers, paid_days = x } = columns;
  const spend = collapseSpend({ x: paid_days, monetary, customers });
  const table = new Table();
  const notes: Diagnostic[] = [];
  const retention = findRetention(model);
  if (retention) {
    const { fit, diagnostics, figures } = estimateRetention(retention, columns, params.cycle ?? 1);
    notes.push(...diagnostics);
    const scales = fit.parameters.map(() => 1);
    table.add(fit, scales, diagnostics, figures);
  } else if (model !== "gamma-gamma") {
    const days = collapseHistory({ x, tXDays, TDays, customers, logGaps: columns.log_gaps });
    const history = model === bgBb.id ? monthHistory(columns) : days;
    if (history.repeatBuyers === 0) throw tooFew("too-few-repeat-buyers");
    const split = splitByCovariates(wanted, labels, columns);
    const { chosen, reasons } =
      split.names.length > 0
        ? chooseCovariates(model, split.names, split.parts, history)
        : chooseModel(model, history);
    notes.push(...diagnoseData(days), ...split.notes, ...reasons, ...chosen.diagnostics);
    const scale = daysPerWeek / daysPerUnit;
    const scales = chosen.model.timePowers.map((power) => scale ** power);
    table.add(chosen.fit, scales, chosen.diagnostics, [], chosen.model.ranges);
  }
  addSpend(table, notes, spend, model === "gamma-gamma");
  return { columns: table.columns, notes };
}

function addSpend(table: Table, notes: Diagnostic[], spend: SpendHistory, alone: boolean): void {
  if (spend.customers === 0) {
    if (alone) throw tooFew("too-few-spenders");
    notes.push({ code: "too-few-spenders", value: 0, model: "gamma-gamma", blocks: true });
    return;
  }
  const fit = fitSpend(spend);
  const diagnostics = diagnoseSpend(fit, spend);
  notes.push(...diagnostics, ...testIndependence(spend));
  table.add(fit, [1, 1, 1], diagnostics);
}

/** what the test says where it is not loud enough to be a diagnostic of the fit */
function testIndependence(spend: SpendHistory): Diagnostic[] {
  const tested = spendIndependence(spend);
  if (!tested || Math.abs(tested.pearson) >= limits.correlation) return [];
  const { pearson: value, isLikely, lower, upper, spearman } = tested;
  const code = isLikely ? "spend-independent" : "spend-correlates-weakly";
  const figures = { lower, upper, spearman };
  return [{ code, value, model: "gamma-gamma", blocks: false, figures }];
}

function tooFew(code: "too-few-repeat-buyers" | "too-few-spenders"): ModelError {
  return new ModelError(code, `nobody to fit to: ${code}`, { value: 0, needed: 1 });
}

const normal95 = 1.959963984540054;

interface Figure {
  parameter: string;
  estimate: number;
  standardError?: number | null;
  lower?: number | null;
  upper?: number | null;
}

class Table {
  columns: Record<string, ModelCell[]> = {
    model: [],
    parameter: [],
    estimate: [],
    std_error: [],
    lower: [],
    upper: [],
    log_likelihood: [],
    aic: [],
    bic: [],
    customers: [],
    converged: [],
    identifiable: [],
    note: [],
  };

  /** what was held, the parameters, and figures derived from them */
  add(
    fit: Fit,
    scales: number[],
    diagnostics: Diagnostic[],
    figures: Figure[] = [],
    ranges: readonly ParameterRange[] = [],
  ): void {
    const held = Object.entries(fit.held).map(([parameter, estimate]) => ({ parameter, estimate }));
    const parameters = fit.names.map((parameter, i) => {
      const estimate = fit.parameters[i]! * scales[i]!;
      const error = fit.logErrors?.[i];
      if (ranges[i]?.scale === "plain") return { parameter, ...toPlainFigure(estimate, error) };
      return {
        parameter,
        estimate,
        standardError: finiteOrNull(error, (e) => estimate * e),
        lower: finiteOrNull(error, (e) => estimate * Math.exp(-normal95 * e)),
        upper: finiteOrNull(error, (e) => estimate * Math.exp(normal95 * e)),
      };
    });
    for (const figure of [...held, ...parameters, ...figures]) {
      this.#addFigure(fit, figure, diagnostics);
    }
  }

  #addFigure(fit: Fit, figure: Figure, diagnostics: Diagnostic[]): void {
    const { parameter, estimate, standardError = null, lower = null, upper = null } = figure;
    this.#addRow({
      model: fit.model,
      parameter,
      estimate,
      std_error: standardError,
      lower,
      upper,
      log_likelihood: fit.logLikelihood,
      aic: fit.aic,
      bic: fit.bic,
      customers: fit.customers,
      converged: fit.converged,
      identifiable: isIdentifiable(diagnostics),
      note: diagnostics
        .filter(({ about }) => about?.includes(parameter) ?? true)
        .map(({ code }) => code)
        .join(","),
    });
  }

  #addRow(row: Record<string, ModelCell>): void {
    for (const [name, cells] of Object.entries(this.columns)) cells.push(row[name]!);
  }
}

/** of a coefficient, whose interval is symmetric in itself */
function toPlainFigure(estimate: number, error: number | undefined): Omit<Figure, "parameter"> {
  return {
    estimate,
    standardError: finiteOrNull(error, (e) => e),
    lower: finiteOrNull(error, (e) => estimate - normal95 * e),
    upper: finiteOrNull(error, (e) => estimate + normal95 * e),
  };
}

function finiteOrNull(error: number | undefined, of: (error: number) => number): number | null {
  const value = error === undefined ? NaN : of(error);
  return Number.isFinite(value) ? value : null;
}
