import { describe, expect, it } from "vitest";
import { digamma } from "../../src/models/digamma.ts";
import { logBeta } from "../../src/models/logBeta.ts";
import { logGamma } from "../../src/models/logGamma.ts";
import { trigamma } from "../../src/models/trigamma.ts";
import { relativeError } from "./relativeError.ts";

// z, ln Γ, ψ, ψ′ to 17 digits, from mpmath at 40
const constants: [number, number, number, number][] = [
  [0.0001, 9.2102826586339622, -10000.577051183514, 100000001.64469368],
  [0.5, 0.57236494292470009, -1.9635100260214235, 4.9348022005446793],
  [1.5, -0.12078223763524522, 0.036489973978576521, 0.93480220054467931],
  [3.25, 0.93580193110872536, 1.016990911068179, 0.35979829030957988],
  [10, 12.80182748008147, 2.2517525890667211, 0.10516633568168575],
  [123.5, 469.8172754919306, 4.8121871094331431, 0.0081300365198557612],
  [100000, 1051287.7089736569, 11.512920464961895, 0.000010000050000166667],
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
  [3, 20, -8.4381499840757845],
  [50, 60, -76.522723353350513],
  [100000, 100000, -138633.92706134806],
  [10000, 9.5, -75.812936402269556],
])("ln B(%d, %d) loses no digits to cancellation (mpmath)", (a, b, expected) => {
  expect(relativeError(logBeta(a, b), expected)).toBeLessThan(1e-14);
  expect(logBeta(b, a)).toBe(logBeta(a, b));
});
