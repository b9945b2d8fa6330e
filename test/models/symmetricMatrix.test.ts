import { expect, it } from "vitest";
import { eigen, quadraticForm, solvePositive } from "../../src/models/symmetricMatrix.ts";

const A = [
  [4, 1, 0.5],
  [1, 3, -0.2],
  [0.5, -0.2, 2],
];

it("solves what is positive definite and nothing else", () => {
  const s = solvePositive(A, [1, 2, 3])!;
  A.forEach((row, i) => {
    expect(row.reduce((sum, a, j) => sum + a * s[j]!, 0)).toBeCloseTo(i + 1, 12);
  });
  expect(
    solvePositive(
      [
        [1, 2],
        [2, 1],
      ],
      [1, 1],
    ),
  ).toBeUndefined();
});

it("has eigenvalues and vectors of a graded matrix", () => {
  const graded = [
    [1e8, 10, 1],
    [10, 1, 0.1],
    [1, 0.1, 1e-4],
  ];
  for (const matrix of [A, graded]) {
    const { values, vectors } = eigen(matrix);
    matrix.forEach((row, i) => {
      values.forEach((value, k) => {
        const product = row.reduce((sum, a, j) => sum + a * vectors[j]![k]!, 0);
        const scale = Math.max(...matrix.flat());
        expect(Math.abs(product - value * vectors[i]![k]!) / scale).toBeLessThan(1e-13);
      });
    });
  }
});

it("takes quadratic forms", () => {
  expect(quadraticForm(A, [1, -1, 2])).toBeCloseTo(4 + 3 + 8 - 2 + 2 + 0.8, 12);
});
