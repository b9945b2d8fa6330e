import { describe, expect, it } from "vitest";
import { digamma } from "../../src/models/digamma.ts";
import { logBeta } from "../../src/models/logBeta.ts";
import { logGamma } from "../../src/models/logGamma.ts";
import { trigamma } from "../../src/models/trigamma.ts";
import { relativeError } from "./relativeError.ts";

// z, ln Γ, ψ, ψ′ to 17 digits, from mpmath at 40
const constants: [number, number, number, number][] = [
  [0.0001, 9.210282658633963, -10000.577051183514, 100000001.64469367],
  [0.5, 0.5723649429247001, -1.9635100260214235, 4.934802200544679],
  [1.5, -0.12078223763524522, 0.03648997397857652, 0.9348022005446793],
  [3.25, 0.9358019311087253, 1.016990911068179, 0.3597982903095799],
  [10, 12.80182748008147, 2.251752589066721, 0.10516633568168575],
  [123.5, 469.8172754919306, 4.812187109433143, 0.008130036519855761],
  [100000, 1051287.7089736569, 11.512920464961894, 1.0000050000166667e-5],
];

describe("the gamma functions", () => {
  it.each(constants)("are right to 1e-14 at %d", (z, gamma, psi, psi1) => {
    expect(relativeError(logGamma(z), gamma)).toBeLessThan(1e-14);
    expect(relativeError(digamma(z), psi)).toBeLessThan(1e-14);
    expect(relativeError(trigamma(z), psi1)).toBeLessThan(1e-14);
  });

  it("have the poles of the originals at 0", () => {
    expect(logGamma(0)).toBe(Infinity);
    expect(digamma(0)).toBe(-Infinity);
  });
});

it.each([
  [0.0001, 100000, 9.209131366587416],
  [0.5, 0.5, 1.1447298858494002],
  [3, 20, -8.438149984075784],
  [50, 60, -76.52272335335051],
  [100000, 100000, -138633.92706134805],
  [10000, 9.5, -75.81293640226956],
])("ln B(%d, %d) loses no digits to cancellation (mpmath)", (a, b, expected) => {
  expect(relativeError(logBeta(a, b), expected)).toBeLessThan(1e-14);
  expect(logBeta(b, a)).toBe(logBeta(a, b));
});
