import type { BuyingHistory } from "./buyingHistory.ts";
import { collapsePeriods } from "./collapsePeriods.ts";
import { ModelError } from "./modelError.ts";
import type { CustomerColumns } from "./modelRequest.ts";

/**
 * The history in calendar months that a model in discrete time is fitted to.
 *
 * @throws ModelError "missing-columns", and as `collapsePeriods`
 */
export function monthHistory({
  months_x: x,
  months_t_x: tX,
  months_n: n,
  customers,
}: Pick<CustomerColumns, "months_x" | "months_t_x" | "months_n"> & {
  customers?: Float64Array;
}): BuyingHistory {
  if (!x || !tX || !n) {
    throw new ModelError("missing-columns", "missing columns: months_x, months_t_x, months_n");
  }
  return collapsePeriods({ x, tX, n, customers });
}
