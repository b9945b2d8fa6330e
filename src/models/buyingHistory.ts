import { distinctOf } from "./distinctOf.ts";
import { ModelError } from "./modelError.ts";

/** One row a customer, or a row for several alike; whole days. */
export interface BuyingColumns {
  /** n repeat purchases */
  x: ArrayLike<number>;
  /** n ages at the last purchase, days; 0 when x = 0 */
  tXDays: ArrayLike<number>;
  /** n ages at the end of observation, days */
  TDays: ArrayLike<number>;
  /** n counts of customers; 1 each when left out */
  customers?: ArrayLike<number>;
  /**
   * n sums, over a row's customers and the gaps between their purchases, of ln(gap in weeks); what a
   * model of regular buyers needs beside the rest to be compared with others
   */
  logGaps?: ArrayLike<number>;
}

/**
 * All that the models of buying need: distinct (x, t_x, T) with the number of customers of each,
 * ascending by x, then T, then t_x, so that sums do not depend on the order of the rows.
 */
export interface BuyingHistory {
  x: Float64Array;
  /** weeks */
  tX: Float64Array;
  /** weeks */
  T: Float64Array;
  weight: Float64Array;
  /** groups that share x and T */
  spans: Spans;
  /** the group of each input row */
  groupOfRow: Uint32Array;
  customers: number;
  repeatBuyers: number;
  /** Σ x */
  repeatOrders: number;
  maxX: number;
  /** weeks */
  meanT: number;
  /** weeks */
  maxT: number;
  /** Σ ln(gap in weeks) over all gaps between purchases; undefined: not known */
  logGaps: number | undefined;
}

/** Neighbouring groups that share x and T: all that matters where nobody drops out. */
interface Spans {
  x: Float64Array;
  /** weeks */
  T: Float64Array;
  weight: Float64Array;
  /** the group after its last */
  end: Uint32Array;
}

/**
 * Collapses customers into distinct (x, t_x, T): the sufficient statistics of every model here.
 *
 * @throws ModelError "invalid-columns" when a value is not a whole number, is out of range, when
 * t_x > T, when t_x > 0 with x = 0, or when no x gaps could have the sum of logarithms that a row
 * gives; "no-customers" for no rows
 *
 * O(n) for n rows; 1 M rows in about 0.1 s.
 */
export function collapseHistory(columns: BuyingColumns): BuyingHistory {
  const days = checkRows(columns) + 1;
  const { distinct, places: groupOfRow } = distinctOf(packRows(columns, days));
  const weight = new Float64Array(distinct.length);
  for (let i = 0; i < groupOfRow.length; ++i) {
    weight[groupOfRow[i]!]! += columns.customers ? columns.customers[i]! : 1;
  }
  return { ...total(unpack(distinct, weight, days), groupOfRow), logGaps: addLogGaps(columns) };
}

export const daysPerWeek = 7;

const dayRange = 1 << 16; // 179 years
const xRange = 1 << 21;

/** @returns the greatest T, days */
function checkRows({ x, tXDays, TDays, customers }: BuyingColumns): number {
  const n = x.length;
  if (tXDays.length !== n || TDays.length !== n || (customers && customers.length !== n)) {
    throw new ModelError("invalid-columns", "invalid columns; lengths differ");
  }
  if (n === 0) throw new ModelError("no-customers", "no customers");
  let greatest = 0;
  for (let i = 0; i < n; ++i) {
    const xi = wholeNumber(x[i]!, xRange, "x", i);
    const tXi = wholeNumber(tXDays[i]!, dayRange, "t_x", i);
    const Ti = wholeNumber(TDays[i]!, dayRange, "T", i);
    if (tXi > Ti) throw invalid(`t_x beyond T in row ${i}`, tXi);
    if (xi === 0 && tXi > 0) throw invalid(`t_x without a repeat purchase in row ${i}`, tXi);
    const weight = customers ? customers[i]! : 1;
    if (!(weight > 0 && weight < Infinity)) throw invalid(`customers in row ${i}`, weight);
    if (Ti > greatest) greatest = Ti;
  }
  return greatest;
}

/** one double holds a row's three whole numbers: 21 + 16 + 16 bits */
function packRows({ x, tXDays, TDays }: BuyingColumns, days: number): Float64Array {
  const keys = new Float64Array(x.length);
  for (let i = 0; i < keys.length; ++i) keys[i] = (x[i]! * days + TDays[i]!) * days + tXDays[i]!;
  return keys;
}

/** gaps that add up to t_x have at most the logarithms of x equal ones */
function addLogGaps({ x, tXDays, customers, logGaps }: BuyingColumns): number | undefined {
  if (!logGaps) return undefined;
  if (logGaps.length !== x.length) {
    throw new ModelError("invalid-columns", "invalid columns; lengths differ");
  }
  // in whole parts of 1e-12, held in two halves: no digit is lost, and the order does not matter
  let [high, low] = [0, 0];
  for (let i = 0; i < x.length; ++i) {
    const gaps = x[i]! * (customers ? customers[i]! : 1);
    const most = gaps > 0 ? gaps * Math.log(tXDays[i]! / daysPerWeek / x[i]!) : 0;
    const isPossible = gaps > 0 ? logGaps[i]! <= most + 1e-9 * (gaps + 1) : logGaps[i] === 0;
    if (!(isPossible && logGaps[i]! > -Infinity)) throw invalid(`gaps of row ${i}`, logGaps[i]!);
    const parts = Math.round(logGaps[i]! * 1e12);
    const above = Math.floor(parts / halfRange);
    high += above;
    low += parts - above * halfRange;
  }
  return (high * halfRange + low) / 1e12;
}

const halfRange = 2 ** 26;

function wholeNumber(value: number, range: number, name: string, row: number): number {
  if (!(Number.isInteger(value) && value >= 0 && value < range)) {
    throw invalid(`${name} in row ${row} is not a whole number below ${range}`, value);
  }
  return value;
}

function invalid(why: string, value: number): ModelError {
  return new ModelError("invalid-columns", `invalid columns; ${why}: ${value}`);
}

/**
 * every k-th group: much like the whole, since groups are sorted; for a first look. The gaps stay
 * those of the whole: they belong to no group, and no parameter but a whole number depends on them
 */
export function thinHistory(history: BuyingHistory, every: number): BuyingHistory {
  const keep = (values: Float64Array) => {
    const kept = new Float64Array(Math.ceil(values.length / every));
    for (let i = 0; i < kept.length; ++i) kept[i] = values[i * every]!;
    return kept;
  };
  const { x, tX, T, weight } = history;
  const part = { x: keep(x), tX: keep(tX), T: keep(T), weight: keep(weight) };
  return { ...total(part, new Uint32Array(0)), logGaps: history.logGaps };
}

function unpack(distinct: Float64Array, weight: Float64Array, days: number): Groups {
  const n = distinct.length;
  const x = new Float64Array(n);
  const tX = new Float64Array(n);
  const T = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    const key = distinct[i]!;
    const rest = Math.floor(key / days);
    tX[i] = (key - rest * days) / daysPerWeek;
    x[i] = Math.floor(rest / days);
    T[i] = (rest % days) / daysPerWeek;
  }
  return { x, tX, T, weight };
}

type Groups = Pick<BuyingHistory, "x" | "tX" | "T" | "weight">;

function total(groups: Groups, groupOfRow: Uint32Array): Omit<BuyingHistory, "logGaps"> {
  const { x, T, weight } = groups;
  const totals = { customers: 0, repeatBuyers: 0, repeatOrders: 0, meanT: 0, maxT: 0 };
  for (let i = 0; i < x.length; ++i) {
    totals.customers += weight[i]!;
    if (x[i]! > 0) totals.repeatBuyers += weight[i]!;
    totals.repeatOrders += weight[i]! * x[i]!;
    totals.meanT += weight[i]! * T[i]!;
    totals.maxT = Math.max(totals.maxT, T[i]!);
  }
  totals.meanT /= totals.customers;
  return { ...groups, spans: toSpans(groups), groupOfRow, maxX: x[x.length - 1]!, ...totals };
}

function toSpans({ x, T, weight }: Groups): Spans {
  const n = x.length;
  const spans = {
    x: x.slice(),
    T: T.slice(),
    weight: new Float64Array(n),
    end: new Uint32Array(n),
  };
  let last = -1;
  for (let i = 0; i < n; ++i) {
    if (i === 0 || x[i] !== x[i - 1] || T[i] !== T[i - 1]) {
      spans.x[++last] = x[i]!;
      spans.T[last] = T[i]!;
    }
    spans.weight[last]! += weight[i]!;
    spans.end[last] = i + 1;
  }
  const count = last + 1;
  return {
    x: spans.x.slice(0, count),
    T: spans.T.slice(0, count),
    weight: spans.weight.slice(0, count),
    end: spans.end.slice(0, count),
  };
}
