import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bdw } from "../../src/models/bdw.ts";
import { discountedLifetime } from "../../src/models/discountedLifetime.ts";
import { estimateOf } from "../../src/models/estimateOf.ts";
import { fitRetention } from "../../src/models/fitRetention.ts";
import { hyp2f1 } from "../../src/models/hyp2f1.ts";
import { Random } from "../../src/models/random.ts";
import type { RetentionModel } from "../../src/models/retentionModel.ts";
import { sbg } from "../../src/models/sbg.ts";
import { survivalCounts } from "../../src/models/survivalCounts.ts";
import { relativeError } from "./relativeError.ts";

interface Segment {
  survivors_pct: number[];
  counts_used: { lost_per_period: number[]; alive_at_end: number };
  sbg: {
    alpha: number;
    beta: number;
    ll: number;
    se: number[];
    survival: number[];
    retention: number[];
    mean_churn_prob: number;
    del_10pct: number;
    drl_10pct_after_7_renewals: number;
  };
  bdw: { alpha: number; beta: number; c: number; ll: number; se: number[]; survival: number[] };
}

const golden = (
  JSON.parse(readFileSync(new URL("golden/discrete_models.json", import.meta.url), "utf8")) as {
    sbg: Record<"regular" | "high_end", Segment>;
  }
).sbg;

/** one row a period of loss, and one for those who are left */
function countsOf({ lost_per_period: lost, alive_at_end: alive }: Segment["counts_used"]) {
  return survivalCounts({
    renewals: [...lost.map((_, i) => i + 1), lost.length],
    isLost: [...lost.map(() => 1), 0],
    customers: [...lost, alive],
  });
}

function survivalOf(model: RetentionModel, parameters: readonly number[], t: number): number {
  return Math.exp(model.logSurvival(parameters, t));
}

describe.each([
  ["regular", [0.704, 1.182], -1680.27],
  ["high_end", [0.668, 3.806], -1611.16],
] as const)("the %s customers of Fader and Hardie (2007)", (segment, published, ll) => {
  const expected = golden[segment];
  const counts = countsOf(expected.counts_used);

  it("are fitted by the sBG as published, with standard errors", () => {
    const fit = fitRetention(sbg, counts);
    const { alpha, beta, se } = expected.sbg;
    expect(fit.converged && fit.positiveDefinite).toBe(true);
    expect(fit.customers).toBe(1000);
    expect(fit.logLikelihood).toBeCloseTo(expected.sbg.ll, 5);
    expect(fit.logLikelihood).toBeCloseTo(ll, 2);
    [alpha, beta].forEach((p, i) => {
      expect(relativeError(fit.parameters[i]!, p)).toBeLessThan(1e-6);
      expect(relativeError(fit.logErrors![i]! * fit.parameters[i]!, se[i]!)).toBeLessThan(1e-5);
      expect(Math.abs(fit.parameters[i]! - published[i]!)).toBeLessThan(1e-3);
    });
  });

  it("have the survival, the retention and the lifetimes of the reference, to 1e-8", () => {
    const { alpha, beta, survival, retention, ...rest } = expected.sbg;
    const at = [alpha, beta];
    survival.forEach((share, t) => {
      expect(relativeError(survivalOf(sbg, at, t), share)).toBeLessThan(1e-8);
      if (t === 0) return;
      const rate = survivalOf(sbg, at, t) / survivalOf(sbg, at, t - 1);
      expect(relativeError(rate, retention[t - 1]!)).toBeLessThan(1e-8);
    });
    expect(relativeError(1 - survivalOf(sbg, at, 1), rest.mean_churn_prob)).toBeLessThan(1e-8);
    expect(relativeError(discountedLifetime(sbg, at, 0.1), rest.del_10pct)).toBeLessThan(1e-8);
    const left = discountedLifetime(sbg, at, 0.1, 7);
    expect(relativeError(left, rest.drl_10pct_after_7_renewals)).toBeLessThan(1e-8);
    const closed = hyp2f1(1, beta, alpha + beta, 1 / 1.008);
    expect(relativeError(discountedLifetime(sbg, at, 0.008), closed)).toBeLessThan(1e-12);
  });

  it("are fitted by the BdW as by the reference", () => {
    const fit = fitRetention(bdw, counts);
    const { alpha, beta, c, se, survival } = expected.bdw;
    expect(fit.converged && fit.positiveDefinite).toBe(true);
    expect(fit.logLikelihood).toBeCloseTo(expected.bdw.ll, 5);
    [alpha, beta, c].forEach((p, i) => {
      expect(relativeError(fit.parameters[i]!, p)).toBeLessThan(1e-5);
      expect(relativeError(fit.logErrors![i]! * fit.parameters[i]!, se[i]!)).toBeLessThan(1e-3);
    });
    survival.forEach((share, t) => {
      expect(relativeError(survivalOf(bdw, [alpha, beta, c], t), share)).toBeLessThan(1e-8);
    });
    // the point of the paper: nearer to the five periods that the fit was not shown
    const off = (model: RetentionModel, p: readonly number[]) =>
      [8, 9, 10, 11, 12].reduce(
        (sum, t) => sum + Math.abs(survivalOf(model, p, t) - expected.survivors_pct[t]! / 100),
        0,
      );
    expect(off(bdw, fit.parameters)).toBeLessThan(
      segment === "regular" ? 0.05 : off(sbg, [expected.sbg.alpha, expected.sbg.beta]),
    );
  });
});

describe.each([
  ["sbg", sbg, [0.7, 2.3]],
  ["bdw", bdw, [0.7, 2.3, 0.8]],
] as const)("%s", (_, model, truth) => {
  it("has the derivatives that its likelihood has, from c next to 0 to large", () => {
    const counts = countsOf(golden.regular.counts_used);
    for (const c of [1e-4, 0.05, 0.8, 3]) {
      const at = truth.map((p, i) => (i === 2 ? c : p));
      const { gradient } = model.logLikelihood(at, counts);
      at.forEach((p, i) => {
        const [up, down] = [1e-5, -1e-5].map(
          (step) =>
            model.logLikelihood(
              at.map((value, j) => (i === j ? p * (1 + step) : value)),
              counts,
            ).value,
        );
        expect((up! - down!) / (2e-5 * p) / gradient[i]!).toBeCloseTo(1, 5);
      });
    }
  });

  it("finds its parameters again in cohorts of any age", () => {
    const random = new Random(12);
    const n = 20_000;
    const renewals = new Float64Array(n);
    const isLost = new Float64Array(n);
    const [alpha, beta, c = 1] = truth as readonly number[];
    for (let i = 0; i < n; ++i) {
      const leaves = random.beta(alpha!, beta!);
      const seen = 1 + Math.floor(random.uniform() * 24);
      const stays = random.uniform();
      let t = 1;
      while (t <= seen && stays < (1 - leaves) ** (t ** c)) ++t;
      isLost[i] = t <= seen ? 1 : 0;
      renewals[i] = Math.min(t, seen);
    }
    const fit = fitRetention(model, survivalCounts({ renewals, isLost }));
    expect(fit.converged && fit.positiveDefinite).toBe(true);
    truth.forEach((p, i) => {
      expect(Math.abs(Math.log(fit.parameters[i]! / p))).toBeLessThan(3 * fit.logErrors![i]!);
    });
    // right-censored, so what is to come after the last cohort's age is foretold, with its interval
    const share = estimateOf(fit, (p) => survivalOf(model, p, 40), "share");
    const actual = survivalOf(model, truth, 40);
    expect(share.lower).toBeLessThan(actual);
    expect(share.upper).toBeGreaterThan(actual);
    expect(share.estimate).toBe(survivalOf(model, fit.parameters, 40));
    expect(share.upper - share.lower).toBeLessThan(0.03);
    const lifetime = estimateOf(fit, (p) => discountedLifetime(model, p, 0.01), "positive");
    expect(Math.abs(lifetime.estimate - discountedLifetime(model, truth, 0.01))).toBeLessThan(
      3 * lifetime.standardError,
    );
  });

  it.each([
    ["one customer", [3], [1], [1]],
    ["all lost at once", [1], [1], [5000]],
    ["all lost in the third period", [3], [1], [5000]],
    ["next to nobody lost", [24, 24], [1, 0], [1, 1e9]],
    ["next to all lost at once", [1, 2], [1, 0], [1e9, 1]],
    ["a thousand periods", [1, 500, 1000, 1000], [1, 1, 1, 0], [10, 20, 30, 40]],
    ["no losses but late ones", [40, 41, 41], [1, 1, 0], [30, 20, 1000]],
  ])("%s: finite, and what means nothing is said to", (name, renewals, isLost, customers) => {
    const counts = survivalCounts({ renewals, isLost, customers });
    const fit = fitRetention(model, counts);
    expect(Number.isFinite(fit.logLikelihood)).toBe(true);
    expect(fit.parameters.every((p) => p > 0 && Number.isFinite(p))).toBe(true);
    expect(discountedLifetime(model, fit.parameters, 0.01)).toBeLessThan(101.0001);
    if (name.startsWith("all") || name.startsWith("one")) {
      expect(fit.atBound.includes(true) || !fit.positiveDefinite || !fit.converged).toBe(true);
    }
  });

  it("does not depend on how customers are grouped, or in which order they come", () => {
    const { lost_per_period: lost, alive_at_end: alive } = golden.high_end.counts_used;
    const renewals = [...lost.map((_, i) => i + 1), lost.length];
    const isLost = [...lost.map(() => 1), 0];
    const customers = [...lost, alive];
    const single = renewals.flatMap((t, i) => Array.from({ length: customers[i]! }, () => [t, i]));
    const shuffled = single.toReversed();
    const one = fitRetention(model, survivalCounts({ renewals, isLost, customers }));
    const other = fitRetention(
      model,
      survivalCounts({
        renewals: shuffled.map(([t]) => t!),
        isLost: shuffled.map(([, i]) => isLost[i!]!),
      }),
    );
    expect(other).toEqual(one);
  });
});

it("c = 1 is the sBG", () => {
  const counts = countsOf(golden.regular.counts_used);
  const one = bdw.logLikelihood([0.7, 1.2, 1], counts);
  const other = sbg.logLikelihood([0.7, 1.2], counts);
  expect(one.value).toBeCloseTo(other.value, 9);
  expect(one.gradient[0]).toBeCloseTo(other.gradient[0]!, 8);
  expect(one.gradient[1]).toBeCloseTo(other.gradient[1]!, 8);
});

it("says by code what cannot be", () => {
  const code = (renewals: number[], isLost: number[], customers?: number[]) => {
    try {
      survivalCounts({ renewals, isLost, customers });
    } catch (error) {
      return (error as { code: string }).code;
    }
    return undefined;
  };
  expect(code([], [])).toBe("no-customers");
  expect(code([3, 4], [0, 0])).toBe("nobody-lost");
  expect(code([0], [1])).toBe("invalid-columns");
  expect(code([1.5], [1])).toBe("invalid-columns");
  expect(code([1], [2])).toBe("invalid-columns");
  expect(code([1], [1], [0])).toBe("invalid-columns");
  expect(code([1], [1, 1])).toBe("invalid-columns");
  for (const [discount, paid] of [
    [0, 0],
    [NaN, 0],
    [0.1, -1],
  ]) {
    expect(() => discountedLifetime(sbg, [1, 1], discount!, paid)).toThrow(
      expect.objectContaining({ code: "invalid-parameter" }),
    );
  }
});
