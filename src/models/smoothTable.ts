/**
 * Stands in for positive, smooth functions of x > 0 that are dear to evaluate: their logarithms as
 * Chebyshev series of ln x, on panels of an octave that are made when first asked for and halved
 * where the series does not settle. Where a function has no finite logarithm it is evaluated itself.
 * An answer does not depend on what was asked before.
 *
 * @param evaluate values at x, always as many
 * @param accuracy relative error to keep to, well above that of the values
 * @returns a function whose answer is good until its next call
 * @see Trefethen (2013), Approximation Theory and Approximation Practice, chapters 3 and 8
 */
export function smoothTable(
  evaluate: (x: number) => Float64Array,
  accuracy = 1e-12,
): (x: number) => Float64Array {
  const panels = new Map<number, Panel>();
  let values = new Float64Array(0);
  return (x) => {
    const position = Math.log(x) / octave;
    const start = Math.floor(position);
    let panel = panels.get(start);
    if (panel === undefined) {
      panel = makePanel(evaluate, accuracy, { from: start * octave, length: octave }, 0);
      panels.set(start, panel);
    }
    const at = position * octave;
    while (panel.halves) panel = panel.halves[at < panel.from + panel.length / 2 ? 0 : 1];
    if (!panel.series) return evaluate(x);
    if (values.length === 0) values = new Float64Array(panel.series.length);
    readPanel(panel.series, (2 * (at - panel.from)) / panel.length - 1, values);
    return values;
  };
}

const octave = Math.LN2;
const nodes = 14;
const deepest = 6;

interface Panel {
  /** ln x at its beginning, and its length */
  from: number;
  length: number;
  /** Chebyshev coefficients, function by function; undefined: not to be had */
  series: Float64Array[] | undefined;
  /** its halves, where the series did not settle */
  halves: [Panel, Panel] | undefined;
}

function makePanel(
  evaluate: (x: number) => Float64Array,
  accuracy: number,
  { from, length }: Pick<Panel, "from" | "length">,
  depth: number,
): Panel {
  const logs = cosines.map(({ at }) =>
    evaluate(Math.exp(from + (length / 2) * (1 + at))).map(Math.log),
  );
  if (!logs.every((values) => values.every(Number.isFinite))) {
    return { from, length, series: undefined, halves: undefined };
  }
  const series = Array.from(logs[0]!, (_, f) =>
    Float64Array.from(cosines, (__, m) => {
      const sum = logs.reduce((total, values, i) => total + values[f]! * cosines[i]!.of[m]!, 0);
      return (m === 0 ? 1 : 2) * (sum / nodes);
    }),
  );
  const isSettled = series.every(
    (c) => Math.abs(c[nodes - 1]!) + Math.abs(c[nodes - 2]!) < accuracy * (1 + Math.abs(c[0]!)),
  );
  if (isSettled || depth === deepest) return { from, length, series, halves: undefined };
  const half = length / 2;
  const halves: [Panel, Panel] = [
    makePanel(evaluate, accuracy, { from, length: half }, depth + 1),
    makePanel(evaluate, accuracy, { from: from + half, length: half }, depth + 1),
  ];
  return { from, length, series: undefined, halves };
}

/** Chebyshev's nodes, with the polynomials there */
const cosines = Array.from({ length: nodes }, (_, i) => {
  const angle = (Math.PI * (i + 0.5)) / nodes;
  return {
    at: Math.cos(angle),
    of: Array.from({ length: nodes }, (__, m) => Math.cos(m * angle)),
  };
});

/** by Clenshaw's recurrence, at −1 ≤ y ≤ 1 */
function readPanel(series: Float64Array[], y: number, values: Float64Array): void {
  for (let f = 0; f < series.length; ++f) {
    const c = series[f]!;
    let one = 0;
    let two = 0;
    for (let m = nodes - 1; m > 0; --m) {
      const next = 2 * y * one - two + c[m]!;
      two = one;
      one = next;
    }
    values[f] = Math.exp(y * one - two + c[0]!);
  }
}
