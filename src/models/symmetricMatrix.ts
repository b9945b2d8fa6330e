/** A small square matrix, rows of numbers. */
export type Matrix = number[][];

/**
 * Solution of A s = g for a positive definite A, by Cholesky's decomposition.
 *
 * @returns undefined when A is not positive definite
 */
export function solvePositive(A: Matrix, g: readonly number[]): number[] | undefined {
  const n = g.length;
  const L: Matrix = A.map((row) => row.slice());
  for (let j = 0; j < n; ++j) {
    let diagonal = A[j]![j]!;
    for (let k = 0; k < j; ++k) diagonal -= L[j]![k]! ** 2;
    if (!(diagonal > 1e-15 * Math.abs(A[j]![j]!))) return undefined;
    L[j]![j] = Math.sqrt(diagonal);
    for (let i = j + 1; i < n; ++i) {
      let sum = A[i]![j]!;
      for (let k = 0; k < j; ++k) sum -= L[i]![k]! * L[j]![k]!;
      L[i]![j] = sum / L[j]![j]!;
    }
  }
  const s = g.slice();
  for (let i = 0; i < n; ++i) {
    for (let k = 0; k < i; ++k) s[i]! -= L[i]![k]! * s[k]!;
    s[i]! /= L[i]![i]!;
  }
  for (let i = n - 1; i >= 0; --i) {
    for (let k = i + 1; k < n; ++k) s[i]! -= L[k]![i]! * s[k]!;
    s[i]! /= L[i]![i]!;
  }
  return s;
}

/**
 * Eigenvalues and eigenvectors (as columns) of a symmetric matrix, by Jacobi's rotations.
 *
 * @see Golub and Van Loan (2013), Matrix Computations, section 8.5
 */
export function eigen(symmetric: Matrix): { values: number[]; vectors: Matrix } {
  const n = symmetric.length;
  const A = symmetric.map((row) => row.slice());
  const V: Matrix = A.map((_, i) => A.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; ++sweep) {
    let rotated = false;
    for (let p = 0; p < n; ++p) {
      for (let q = p + 1; q < n; ++q) {
        const scale = Math.sqrt(Math.abs(A[p]![p]! * A[q]![q]!));
        if (Math.abs(A[p]![q]!) <= 1e-17 * scale || A[p]![q] === 0) continue;
        rotate(A, V, p, q);
        rotated = true;
      }
    }
    if (!rotated) break;
  }
  return { values: A.map((row, i) => row[i]!), vectors: V };
}

function rotate(A: Matrix, V: Matrix, p: number, q: number): void {
  const theta = (A[q]![q]! - A[p]![p]!) / (2 * A[p]![q]!);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(1, theta));
  const c = 1 / Math.hypot(1, t);
  const s = c * t;
  for (let k = 0; k < A.length; ++k) {
    const [kp, kq] = [A[k]![p]!, A[k]![q]!];
    A[k]![p] = c * kp - s * kq;
    A[k]![q] = s * kp + c * kq;
  }
  for (let k = 0; k < A.length; ++k) {
    const [pk, qk] = [A[p]![k]!, A[q]![k]!];
    A[p]![k] = c * pk - s * qk;
    A[q]![k] = s * pk + c * qk;
    const [kp, kq] = [V[k]![p]!, V[k]![q]!];
    V[k]![p] = c * kp - s * kq;
    V[k]![q] = s * kp + c * kq;
  }
  A[p]![q] = 0;
  A[q]![p] = 0;
}

/** g' A g */
export function quadraticForm(A: Matrix, g: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < g.length; ++i) {
    for (let j = 0; j < g.length; ++j) sum += g[i]! * A[i]![j]! * g[j]!;
  }
  return sum;
}
