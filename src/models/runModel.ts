import { curveTable } from "./curveTable.ts";
import { equityTable } from "./equityTable.ts";
import { estimateTable } from "./estimateTable.ts";
import { factorTable } from "./factorTable.ts";
import { forecastTable } from "./forecastTable.ts";
import type { ModelAnswer, ModelRequest } from "./modelRequest.ts";
import { simulateShop } from "./simulateShop.ts";
import { validationTable } from "./validationTable.ts";

/**
 * Answers a request: numbers in, numbers out, the same for the same request.
 *
 * @throws ModelError with what is wrong and what would do
 */
export function runModel<R extends ModelRequest>(request: R): ModelAnswer<R> {
  return answer(request) as ModelAnswer<R>;
}

function answer(request: ModelRequest): ModelAnswer<ModelRequest> {
  switch (request.type) {
    case "clv-model":
      return estimateTable(request.columns, request.params ?? {}, request.labels);
    case "clv-forecast":
      return forecastTable(request.columns, request.params ?? {}, request.labels);
    case "clv-validation":
      return validationTable(request.columns, request.params ?? {});
    case "customer-equity":
      return equityTable(request.columns, request.labels, request.params ?? {});
    case "clv-curve":
      return curveTable(request.columns, request.params ?? {});
    case "need-trust-exposure":
      return factorTable(request.columns);
    case "simulate":
      return simulateShop(request.params);
  }
}
