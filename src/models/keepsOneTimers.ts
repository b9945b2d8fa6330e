import type { FittedModel } from "./chooseModel.ts";

/**
 * Whether customers drop out in the model, but one who never came back is alive by construction: the
 * BG/NBD's P(alive) of 1 for x = 0, whatever the silence.
 *
 * @param T weeks
 */
export function keepsOneTimers(
  { model, fit }: Pick<FittedModel, "model" | "fit">,
  T: number,
): boolean {
  const predictor = model.predictor(fit.parameters);
  return predictor.logPAlive(0, 0, T) === 0 && predictor.logPAlive(1, T / 2, T) < 0;
}
