/** Y at x by straight lines between the points; X ascending; undefined outside of them. */
export function interpolateAt(X: number[], Y: number[], x: number): number | undefined {
  const next = X.findIndex((value) => value >= x);
  if (next === -1) return undefined;
  const [x1, y1] = [X[next] as number, Y[next] as number];
  if (next === 0) return x1 === x ? y1 : undefined;
  const [x0, y0] = [X[next - 1] as number, Y[next - 1] as number];
  return y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}
