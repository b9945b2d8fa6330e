import { expect, it } from "vitest";
import { hyp2f1 } from "../../src/models/hyp2f1.ts";
import { ordersUntilDropout } from "../../src/models/ordersUntilDropout.ts";

// (c / (a − 1)) (1 − ₂F₁(R, a − 1; c; −κ)), c = a + B − 1, by mpmath at 40 digits
it.each([
  [0.793, 4.426, 2.243, 0.9, 1.685434973942724],
  [1, 3, 2, 10, 5.9217489602176085],
  [1.0000001, 3, 2, 10, 5.921748453540659],
  [1, 3, 2, 1e5, 33.038836391294346],
  [0.793, 602.4, 600.243, 0.1, 57.78420832048617],
  [0.05, 7.426, 5.243, 15.1, 72.36207992463451],
  [0.793, 2.426, 0.243, 117.8, 4.974486061682778],
  [20, 0.5, 3, 100, 1.0263147036985187],
  [374.5575550130901, 6.774219720503249, 0.022222735657049086, 2150.72975139862, 0.15928886992759],
  [92448.26107618, 106.3290870231, 0.000343204369, 76280.5373974, 0.0038549692349174815],
  [0.55842, 895.1262, 895.0717, 48.4252, 9317.624743969773],
  [1e-4, 1e-4, 1e5, 1e6, 49875628141.22538],
  [0.006121575650182, 95.89728072481995, 4912.864571494306, 8.2488307436106, 39288.0429933344],
  [3, 1e5, 2, 0.3, 0.5999919003725812],
])("a %d, B %d, R %d, κ %d equals mpmath's", (a, B, R, kappa, expected) => {
  expect(Math.abs(ordersUntilDropout(a, B, R)(kappa) / expected - 1)).toBeLessThan(2e-12);
});

it("equals the textbook form where that holds", () => {
  for (const x of [0, 1, 4]) {
    for (const kappa of [0.01, 0.3, 0.7, 3, 9]) {
      const [a, B, R] = [0.793, 2.426 + x, 0.243 + x];
      const c = a + B - 1;
      const z = kappa / (1 + kappa);
      const textbook = (c / (a - 1)) * (1 - (1 + kappa) ** -R * hyp2f1(R, B, c, z));
      expect(ordersUntilDropout(a, B, R)(kappa) / textbook).toBeCloseTo(1, 10);
    }
  }
});

it("grows with the span, and does not jump where the method changes", () => {
  const orders = ordersUntilDropout(0.8, 3, 2);
  let before = 0;
  for (let kappa = 0.001; kappa < 200; kappa *= 1.01) {
    const now = orders(kappa);
    expect(now).toBeGreaterThan(before);
    before = now;
  }
  for (const edge of [0.5, 32]) {
    expect(orders(edge * (1 + 1e-12)) / orders(edge * (1 - 1e-12))).toBeCloseTo(1, 11);
  }
  expect(orders(0)).toBe(0);
});
