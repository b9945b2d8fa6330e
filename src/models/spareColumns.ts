/** What of an analysis' params decides which columns its model reads; as in the requests. */
interface Asked {
  model?: unknown;
  view?: unknown;
  covariates?: unknown;
  by?: unknown;
}

/**
 * The columns of customers that the model of these params does not read: of months, of renewals, of
 * gaps, of covariates, of segments. They are most of the columns, and of a million customers a hundred megabytes.
 */
export function spareColumns({ model, view, covariates, by }: Asked): string[] {
  const isOf = (...models: string[]) => models.includes(String(model));
  return [
    ...(isOf("bg-bb") ? [] : ["months_x", "months_t_x", "months_n"]),
    ...(isOf("sbg", "bdw") ? [] : ["renewals", "is_lost", "is_back"]),
    ...(isOf("best", "bg-cnbd-k", "mbg-cnbd-k") || view === "models" ? [] : ["log_gaps"]),
    ...(by === "none" ? ["segment_name", "place"] : []),
    ...(String(covariates ?? "").trim() === "" ? traits : []),
  ];
}

const traits = [
  "first_channel",
  "first_product",
  "first_category",
  "first_country",
  "first_coupon",
  "first_is_member",
  "domain",
];
