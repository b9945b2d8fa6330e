import type { ColumnType } from "../catalog/query.ts";
import { channelsOf } from "./channels.ts";

/** A column that a chart could draw. */
interface Fitted {
  name: string;
  type: ColumnType;
}

const measures: readonly ColumnType[] = ["count", "number", "share", "money", "days"];
const names: readonly ColumnType[] = ["text", "flag", "date"];
const steps: readonly ColumnType[] = ["date", ...measures];
const all: readonly ColumnType[] = ["text", ...steps, "flag"];

/** What a channel draws, by its name without a number; where a kind wants something else it says so below. */
const fitting: Record<string, readonly ColumnType[]> = {
  x: steps,
  y: measures,
  fill: measures,
  value: measures,
  lower: measures,
  upper: measures,
  low: measures,
  high: measures,
  compare: measures,
  down: measures,
  rose: measures,
  fell: measures,
  b: measures,
  t: [...measures, "date"],
  n: ["count", "number"],
  share: ["share", "number"],
  first: ["share", "number"],
  gini: ["number", "share"],
  reference: ["flag"],
  complete: ["flag"],
  series: names,
  facet: names,
  label: ["text"],
  phase: ["text"],
  from: ["text"],
  to: ["text"],
};

const particular: Record<string, Record<string, readonly ColumnType[]>> = {
  bars: { x: all },
  binmap: { x: measures },
  dots: { x: measures, y: ["text"] },
  heatmap: { x: measures, y: ["date", "text"] },
  histogram: { x: measures },
  lorenz: { x: ["share", "number"], y: ["share", "number"] },
  scatter: { x: measures, series: ["text"] },
  steps: { x: measures, y: ["share", "number"] },
  waterfall: { x: ["text"] },
};

/** Channels that a kind without those draws nothing, beside those it always needs. */
const atLeast: Record<string, string[]> = {
  stack: ["y1"],
  tiles: ["t1"],
  tornado: ["label", "value"],
};

/** The kinds that a result has the columns for, each with the first columns that fit its channels. */
export function fittingCharts(
  columns: readonly Fitted[],
): { kind: string; channels: Record<string, string> }[] {
  return Object.keys(channelsOf).flatMap((kind) => {
    const channels = kind === "table" ? undefined : proposeChannels(kind, columns);
    return channels ? [{ kind, channels }] : [];
  });
}

/** The columns that a channel of a kind can draw. */
export function columnsFor(kind: string, channel: string, columns: readonly Fitted[]): string[] {
  const base = channel.replace(/\d+$/, "");
  const types = particular[kind]?.[base] ?? fitting[base] ?? all;
  return columns.filter(({ type }) => types.includes(type)).map(({ name }) => name);
}

/** The channels of a kind in their order: those it needs, then those it may have; of numbered ones one more than are set. */
export function channelsFor(
  kind: string,
  set: Readonly<Record<string, string>>,
): { channel: string; isNeeded: boolean }[] {
  const { needs = [], takes = [] } = channelsOf[kind] ?? {};
  const needed = [...needs, ...(atLeast[kind] ?? [])];
  const free = takes.flatMap((name) => {
    if (!name.endsWith("#")) return [name];
    const base = name.slice(0, -1);
    const numbered = Object.keys(set).filter(
      (one) => one === base || one.replace(/\d+$/, "#") === name,
    );
    const next = Array.from({ length: numbered.length + 1 }, (_, i) => `${base}${i + 1}`);
    return [...new Set([...numbered, next.find((one) => !(one in set))!])];
  });
  return [...new Set([...needed, ...free])].map((channel) => {
    return { channel, isNeeded: needed.includes(channel) };
  });
}

/** A column for every channel that a kind needs, none twice; of what it was before as much as still fits. */
export function proposeChannels(
  kind: string,
  columns: readonly Fitted[],
  before: Readonly<Record<string, string>> = {},
): Record<string, string> | undefined {
  const wanted = [...(channelsOf[kind]?.needs ?? []), ...(atLeast[kind] ?? [])];
  const place = (i: number, taken: readonly string[]): string[] | undefined => {
    const channel = wanted[i];
    if (channel === undefined) return [...taken];
    const fits = columnsFor(kind, channel, columns);
    const [kept = ""] = fits.filter((name) => name === before[channel]);
    for (const name of kept ? [kept, ...fits] : fits) {
      if (taken.includes(name)) continue;
      const found = place(i + 1, [...taken, name]);
      if (found) return found;
    }
    return undefined;
  };
  const placed = place(0, []);
  return placed && Object.fromEntries(wanted.map((channel, i) => [channel, placed[i]!]));
}
