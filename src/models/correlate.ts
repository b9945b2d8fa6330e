/**
 * Pearson's correlation of two columns, each row weighted, by Welford's update: no difference of
 * large sums.
 *
 * @returns null where either does not vary
 */
export function correlate(
  X: ArrayLike<number>,
  Y: ArrayLike<number>,
  weight: ArrayLike<number>,
): number | null {
  let total = 0;
  let meanX = 0;
  let meanY = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < X.length; ++i) {
    const w = weight[i]!;
    total += w;
    const dx = X[i]! - meanX;
    const dy = Y[i]! - meanY;
    meanX += (w / total) * dx;
    meanY += (w / total) * dy;
    xx += w * dx * (X[i]! - meanX);
    yy += w * dy * (Y[i]! - meanY);
    xy += w * dx * (Y[i]! - meanY);
  }
  return xx > 0 && yy > 0 ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))) : null;
}
