import type { BuyingModel } from "./buyingModel.ts";
import type { Evaluation } from "./logObjective.ts";
import { ModelError } from "./modelError.ts";
import { usualRange } from "./parameterRange.ts";

/**
 * A model of buying for customers who share the static covariates z, such as the channel of the
 * first order: they scale the parameters of the rate of buying and of dropping out,
 *
 *   α exp(−γ_trans · z), and in the Pareto/NBD β exp(−γ_life · z), in the BG/NBD a exp(γ_life · z)
 *   and b exp(γ_life · z),
 *
 * so that a positive coefficient of `trans` means more purchases, and one of `life` a sooner end in
 * the Pareto/NBD, and in the BG/NBD chances of dropping out that differ less between customers.
 * Coefficients follow the model's own parameters, first those of buying; derivatives by the chain
 * rule.
 *
 * @param names of the covariates: "first_channel=app"
 * @param z their values
 * @throws ModelError "no-covariates" for a model that takes none
 * @see Fader and Hardie (2007), Incorporating Time-Invariant Covariates into the Pareto/NBD and
 * BG/NBD Models, http://brucehardie.com/notes/019/
 */
export function withCovariates(
  base: BuyingModel,
  names: readonly string[],
  z: readonly number[],
): BuyingModel {
  const scaled = scales[base.id];
  if (!scaled) throw new ModelError("no-covariates", `no covariates for this model: ${base.id}`);
  const own = base.parameters.length;
  const kinds = ["trans", "life"] as const;
  const at = { trans: own, life: own + names.length };
  const coefficients = kinds.flatMap((kind) => names.map((name) => `${kind}.${name}`));
  const shift = (parameters: readonly number[]) =>
    scaled.map((scale, j) => {
      if (!scale) return parameters[j]!;
      const sum = z.reduce((total, zi, i) => total + parameters[at[scale.by] + i]! * zi, 0);
      return parameters[j]! * Math.exp(scale.sign * sum);
    });
  return {
    id: base.id,
    parameters: [...base.parameters, ...coefficients],
    ranges: [
      ...base.parameters.map((_, j) => base.ranges?.[j] ?? usualRange),
      ...coefficients.map(() => ({ scale: "plain", lower: -largest, upper: largest }) as const),
    ],
    timePowers: [...base.timePowers, ...coefficients.map(() => 0)],
    isMemoryless: base.isMemoryless,
    starts: (history) =>
      base.starts(history).map((start) => [...start, ...coefficients.map(() => 0)]),
    logLikelihood(parameters, history) {
      const shifted = shift(parameters);
      const slopes = scaled.map((scale, j) => [
        { place: j, slope: 1 / parameters[j]!, isOwn: true },
        ...(scale ? slopesBy(scale, z, at[scale.by]) : []),
      ]);
      return chain(base.logLikelihood(shifted, history), shifted, slopes, parameters.length);
    },
    predictor: (parameters) => base.predictor(shift(parameters)),
  };
}

interface Scale {
  by: "trans" | "life";
  sign: 1 | -1;
}

/** how covariates scale the parameters of the models that take them */
const scales: Record<string, readonly (Scale | undefined)[]> = {
  "bg-nbd": [
    undefined,
    { by: "trans", sign: -1 },
    { by: "life", sign: 1 },
    { by: "life", sign: 1 },
  ],
  "pareto-nbd": [undefined, { by: "trans", sign: -1 }, undefined, { by: "life", sign: -1 }],
};

/** of a coefficient: e^20 times as many purchases are beyond any shop */
const largest = 20;

/** of the logarithm of a shifted parameter, by one of all parameters */
interface Slope {
  place: number;
  slope: number;
  /** of the parameter itself, in which it is linear */
  isOwn: boolean;
}

function slopesBy({ sign }: Scale, z: readonly number[], from: number): Slope[] {
  return z.flatMap((zi, i) =>
    zi === 0 ? [] : [{ place: from + i, slope: sign * zi, isOwn: false }],
  );
}

/**
 * Derivatives by all n parameters from those by the shifted ones q: ∂q/∂θ = q s with s the slopes of
 * ln q, and ∂²q/∂θ∂θ' = q s s', but 0 for a parameter in which q is linear, twice.
 */
function chain(
  { value, gradient, hessian }: Evaluation,
  q: readonly number[],
  slopes: readonly (readonly Slope[])[],
  n: number,
): Evaluation {
  const g = Array.from({ length: n }, () => 0);
  slopes.forEach((own, j) => {
    for (const { place, slope } of own) g[place]! += gradient[j]! * q[j]! * slope;
  });
  if (!hessian) return { value, gradient: g };
  const H = g.map(() => g.map(() => 0));
  slopes.forEach((left, i) => {
    for (const one of left) {
      slopes.forEach((right, j) => {
        const bend = hessian[i]![j]! * q[i]! * q[j]! * one.slope;
        for (const other of right) H[one.place]![other.place]! += bend * other.slope;
      });
      const curve = gradient[i]! * q[i]! * one.slope;
      for (const other of left) {
        if (!(one.isOwn && other.isOwn)) H[one.place]![other.place]! += curve * other.slope;
      }
    }
  });
  return { value, gradient: g, hessian: H };
}
