/** What a chart draws from: channels that it must have, and those that it may. */
export interface Channels {
  needs: string[];
  /** numbered ones stand with a hash: `y#` is y, y1, y2, … */
  takes: string[];
}

const rate = ["lower", "upper", "n", "complete"];

/** By kind; the name is the chart's file. */
export const channelsOf: Record<string, Channels> = {
  bars: { needs: ["x", "y"], takes: ["series", ...rate] },
  binmap: { needs: ["x", "y", "fill"], takes: [] },
  dots: { needs: ["x", "y"], takes: ["series", "lower", "upper", "low", "high", "n"] },
  flow: { needs: ["from", "to", "value"], takes: ["rose", "fell", "n", "complete"] },
  funnel: { needs: ["label", "value", "share"], takes: ["first", "lower", "upper"] },
  heatmap: { needs: ["x", "y", "fill"], takes: rate },
  histogram: { needs: ["x"], takes: [] },
  layers: { needs: ["x", "y", "series"], takes: ["complete"] },
  lines: { needs: ["x", "y"], takes: ["series", "facet", ...rate] },
  lorenz: { needs: ["x", "y"], takes: ["reference", "gini"] },
  scatter: { needs: ["x", "y"], takes: ["fill", "series", "label"] },
  segments: { needs: ["label", "value"], takes: ["compare"] },
  stack: { needs: ["x"], takes: ["y#", "down#", "complete"] },
  steps: { needs: ["x", "y"], takes: ["series", "facet", "lower", "upper", "n"] },
  table: { needs: [], takes: [] },
  tiles: { needs: [], takes: ["t#", "lower#", "upper#"] },
  tornado: { needs: [], takes: ["b#", "label", "value", "low", "high"] },
  tracks: { needs: ["x", "y1"], takes: ["y#", "lower", "upper", "phase", "n"] },
  waterfall: { needs: ["x", "y"], takes: ["label"] },
};

/**
 * What is wrong with a chart as a query declares it, in words; empty where nothing is.
 *
 * @param channels channel to column
 */
export function faultsOf(kind: string, channels: Record<string, string>): string[] {
  const known = Object.hasOwn(channelsOf, kind) ? channelsOf[kind] : undefined;
  if (!known) return [`unknown chart; not one of ${Object.keys(channelsOf).join(", ")}: ${kind}`];
  const missing = known.needs.filter((name) => !Object.hasOwn(channels, name));
  const all = [...known.needs, ...known.takes];
  const strays = Object.keys(channels).filter(
    (name) => !all.includes(name) && !all.includes(name.replace(/\d*$/, "#")),
  );
  return [
    ...missing.map((name) => `missing channel: ${name}`),
    ...strays.map((name) => `unknown channel; not one of ${all.join(", ")}: ${name}`),
  ];
}
