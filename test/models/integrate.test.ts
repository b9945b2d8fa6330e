import { describe, expect, it } from "vitest";
import { gaussLegendre } from "../../src/models/gaussLegendre.ts";
import { integrate } from "../../src/models/integrate.ts";

function integral(f: (u: number) => number, from: number, to: number): number {
  const out = new Float64Array(1);
  integrate((u, values) => (values[0] = f(u)), from, to, out);
  return out[0]!;
}

describe("integrate", () => {
  it.each([
    ["a polynomial", (u: number) => u ** 5, 0, 2, 64 / 6],
    [
      "a spike",
      (u: number) => 1e-4 / ((u - 0.3) ** 2 + 1e-8),
      0,
      1,
      Math.atan(7000) + Math.atan(3000),
    ],
    ["a steep fall", (u: number) => 5e4 * Math.exp(-5e4 * u), 0, 1, 1],
    ["a root", (u: number) => 1 / Math.sqrt(u), 1e-12, 1, 2 - 2e-6],
    ["nothing", () => 0, 0, 1, 0],
  ] as const)("%s", (_, f, from, to, expected) => {
    expect(Math.abs(integral(f, from, to) - expected)).toBeLessThan(1e-12 * (1 + expected));
  });

  it("takes several at once, with the panels that the watched ones ask for", () => {
    const out = new Float64Array(3);
    const both = (u: number, values: Float64Array) => {
      values[0] = Math.exp(-200 * u);
      values[1] = Math.exp(-200 * (1 - u));
      values[2] = u * values[0];
    };
    integrate(both, 0, 1, out, 2);
    expect(out[0]! * 200).toBeCloseTo(1, 13);
    expect(out[1]! * 200).toBeCloseTo(1, 13);
    expect(out[2]! * 200 ** 2).toBeCloseTo(1, 13);
  });
});

it("Gauss and Legendre's n nodes are exact for powers up to 2n − 1, and not beyond", () => {
  for (const n of [1, 2, 5, 16, 32]) {
    const { nodes, weights } = gaussLegendre(n);
    const sum = (power: number) => nodes.reduce((s, u, i) => s + weights[i]! * u ** power, 0);
    for (let power = 0; power < 2 * n; ++power) {
      expect(sum(power)).toBeCloseTo(power % 2 === 0 ? 2 / (power + 1) : 0, 13);
    }
    if (n <= 16) expect(sum(2 * n)).toBeLessThan(2 / (2 * n + 1));
  }
});
