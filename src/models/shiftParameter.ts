import type { BuyingModel } from "./buyingModel.ts";

/** parameters with the i-th moved by so much in its search coordinate: its logarithm, or itself */
export function shiftParameter(
  { ranges }: Pick<BuyingModel, "ranges">,
  parameters: readonly number[],
  i: number,
  by: number,
): number[] {
  const isPlain = ranges?.[i]?.scale === "plain";
  return parameters.map((p, j) => (i !== j ? p : isPlain ? p + by : p * Math.exp(by)));
}
