/** A layer of a stack, by period. */
export interface Layer {
  /** what it stands for; NaN where the table has nothing */
  sums: Float64Array;
  /** where it is drawn: a sum below zero has no height */
  from: Float64Array;
  to: Float64Array;
  /** the row of the table, −1 where there is none or several are added up */
  rows: Int32Array;
}

export interface Layers {
  /** ascending */
  periods: number[];
  /** 0 where a row of the period is of one that is not over */
  complete: Uint8Array;
  /** from bottom to top */
  layers: Layer[];
}

export interface LayerRows {
  /** rows that have a period, a value and a layer */
  rows: number[];
  /** the layer of each of them, counted from 0 at the bottom */
  layers: number[];
  /** of the whole table */
  X: ArrayLike<number>;
  Y: ArrayLike<number>;
  complete: ArrayLike<number>;
}

/** Rows added up by layer and period, the layers one upon the other. */
export function toLayers(
  { rows, layers: layerOf, X, Y, complete }: LayerRows,
  count: number,
): Layers {
  const periods = [...new Set(rows.map((i) => X[i] as number))].sort((a, b) => a - b);
  const placeOf = new Map(periods.map((period, place) => [period, place]));
  const flags = new Uint8Array(periods.length).fill(1);
  const layers = Array.from({ length: count }, () => emptyLayer(periods.length));
  rows.forEach((i, at) => {
    const layer = layers[layerOf[at] as number] as Layer;
    const place = placeOf.get(X[i] as number) as number;
    const isFirst = Number.isNaN(layer.sums[place]);
    layer.sums[place] = (isFirst ? 0 : (layer.sums[place] as number)) + (Y[i] as number);
    layer.rows[place] = isFirst ? i : -1;
    if (complete[i] === 0) flags[place] = 0;
  });
  periods.forEach((_, place) => stackPlace(layers, place));
  return { periods, complete: flags, layers };
}

function emptyLayer(length: number): Layer {
  return {
    sums: new Float64Array(length).fill(Number.NaN),
    from: new Float64Array(length),
    to: new Float64Array(length),
    rows: new Int32Array(length).fill(-1),
  };
}

function stackPlace(layers: Layer[], place: number): void {
  let top = 0;
  for (const { sums, from, to } of layers) {
    from[place] = top;
    top += Math.max(0, sums[place] || 0);
    to[place] = top;
  }
}

/**
 * The corners of a run that a layer is drawn at: from the last before it rises to the first after it is
 * gone, so that it begins and ends in a point.
 */
export function extentOf<T extends { place: number }>(
  { from, to }: Pick<Layer, "from" | "to">,
  corners: T[],
): T[] {
  const isThick = ({ place }: T) => (to[place] as number) > (from[place] as number);
  const first = corners.findIndex(isThick);
  if (first < 0) return [];
  return corners.slice(Math.max(0, first - 1), corners.findLastIndex(isThick) + 2);
}
