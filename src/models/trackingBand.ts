import { expectedOrdersOfNew, type Predictor } from "./buyingModel.ts";
import type { FittedModel } from "./chooseModel.ts";
import { fittedCovariance } from "./fittedCovariance.ts";
import type { Holdout } from "./holdout.ts";
import { predictCounts } from "./predictCounts.ts";
import { shiftParameter } from "./shiftParameter.ts";
import { quadraticForm } from "./symmetricMatrix.ts";
import { sumByWeek, trackingCurve } from "./trackingCurve.ts";

/** Repeat purchases by the end of each whole week from the first day on. */
export interface TrackingBand {
  predicted: Float64Array;
  /** 95 % interval of what will be seen; undefined where the model gives no such */
  interval: { lower: Float64Array; upper: Float64Array } | undefined;
}

/**
 * The tracking curve of a fitted model with its band: the parameters' uncertainty by the delta
 * method, and the chance of each customer by the model's probabilities of counts, whose variance
 * over the mean is taken at a dozen ages and straight between; normal in the sum.
 */
export function trackingBand({ model, fit }: FittedModel, holdout: Holdout): TrackingBand {
  const predictor = model.predictor(fit.parameters);
  const predicted = trackingCurve(predictor, holdout);
  const dispersion = dispersionByAge(predictor, (holdout.lastDay - holdout.firstDay) / 7);
  if (!dispersion) return { predicted, interval: undefined };
  const chance = sumByWeek(holdout, (age) => expectedOrdersOfNew(predictor, age) * dispersion(age));
  const { covariance } = fittedCovariance(fit);
  const slopes = fit.parameters.map((_, i) => {
    const [up, down] = [difference, -difference].map((by) =>
      trackingCurve(model.predictor(shiftParameter(model, fit.parameters, i, by)), holdout),
    );
    return up!.map((orders, week) => (orders - down![week]!) / (2 * difference));
  });
  const half = predicted.map((_, week) => {
    const settled = quadraticForm(
      covariance,
      slopes.map((slope) => slope[week]!),
    );
    return normal95 * Math.sqrt(Math.max(0, settled) + chance[week]!);
  });
  return {
    predicted,
    interval: {
      lower: predicted.map((orders, week) => Math.max(0, orders - half[week]!)),
      upper: predicted.map((orders, week) => orders + half[week]!),
    },
  };
}

const normal95 = 1.959963984540054;
const difference = 1e-4; // of a search coordinate
const ages = 12;

/** variance over mean of a new customer's purchases by an age in weeks */
function dispersionByAge(
  predictor: Predictor,
  longest: number,
): ((age: number) => number) | undefined {
  const known = [1]; // of next to no time: one purchase or none
  for (let place = 1; place <= ages; ++place) {
    const counts = predictCounts(predictor, [0, 0, 0], (longest * place) / ages);
    if (!counts) return undefined;
    let [mean, square] = [0, 0];
    counts.forEach((p, n) => {
      mean += n * p;
      square += n * n * p;
    });
    known.push(mean > 0 ? square / mean - mean : 1);
  }
  return (age) => {
    const place = Math.min((age / longest) * ages, ages);
    const below = Math.min(Math.floor(place), ages - 1);
    return known[below]! + (place - below) * (known[below + 1]! - known[below]!);
  };
}
