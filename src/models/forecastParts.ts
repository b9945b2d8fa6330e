import type { BuyingHistory } from "./buyingHistory.ts";
import type { BuyingModel } from "./buyingModel.ts";
import { forecastGroups, type GroupForecast, type GroupForecastOptions } from "./groupForecast.ts";

/** Customers whom one model forecasts. */
export interface ForecastPart {
  model: BuyingModel;
  history: BuyingHistory;
  /** their rows, in the order of the history's; undefined: all */
  rows: Uint32Array | undefined;
}

/** The groups of all parts, one after another. */
export interface PartForecast extends GroupForecast {
  /** the group of each row */
  groupOfRow: Uint32Array;
}

/** What is to come of the customers of every part, by the parameters that their models share. */
export function forecastParts(
  parts: readonly ForecastPart[],
  parameters: readonly number[],
  rows: number,
  options: GroupForecastOptions,
): PartForecast {
  const forecasts = parts.map(({ model, history }) =>
    forecastGroups(model, parameters, history, options),
  );
  const [only] = parts;
  if (parts.length === 1 && !only!.rows) {
    return { ...forecasts[0]!, groupOfRow: only!.history.groupOfRow };
  }
  const groupOfRow = new Uint32Array(rows);
  let first = 0;
  for (const { history, rows: own } of parts) {
    history.groupOfRow.forEach((group, i) => (groupOfRow[own ? own[i]! : i] = first + group));
    first += history.x.length;
  }
  const join = (name: keyof GroupForecast) => {
    const joined = new Float64Array(first);
    let at = 0;
    for (const forecast of forecasts) {
      joined.set(forecast[name], at);
      at += forecast[name].length;
    }
    return joined;
  };
  return {
    groupOfRow,
    pAlive: join("pAlive"),
    expectedOrders: join("expectedOrders"),
    discountedOrders: join("discountedOrders"),
    logVariance: join("logVariance"),
    noOrder: join("noOrder"),
  };
}
