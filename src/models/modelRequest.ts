import type { Diagnostic } from "./diagnose.ts";
import type { Shop, ShopOptions } from "./simulateShop.ts";

/** What can be asked of the models; one door for all, in a worker or not. */
export type ModelRequest =
  | EstimateRequest
  | ForecastRequest
  | ValidationRequest
  | EquityRequest
  | CurveRequest
  | FactorRequest
  | SimulateRequest;

/** Parameters of the fitted models. */
export interface EstimateRequest {
  type: "clv-model";
  /** one row per distinct (x, t_x, T, monetary) */
  columns: EstimateColumns;
  params?: EstimateParams;
  labels?: Labels;
}

/** What is to come of each customer. */
interface ForecastRequest {
  type: "clv-forecast";
  /** one row a customer */
  columns: CustomerColumns;
  params?: ForecastParams;
  labels?: Labels;
}

/** of further columns, such as covariates, that hold places in lists of texts: these lists, by name */
export type Labels = Readonly<Record<string, readonly string[]>>;

/** How near the models come to what they were not shown. */
interface ValidationRequest {
  type: "clv-validation";
  columns: ValidationColumns;
  params?: ValidationParams;
}

/** What the customers are worth together. */
interface EquityRequest {
  type: "customer-equity";
  /** one row a customer */
  columns: EquityColumns;
  /** names of the segments, by the numbers that the rows hold */
  labels: { segment_name?: readonly string[] };
  params?: EquityParams;
}

/** What is to come of a customer who is new. */
interface CurveRequest {
  type: "clv-curve";
  columns: CurveColumns;
  params?: CurveParams;
}

/** What repurchase owes to need, trust and exposure. */
interface FactorRequest {
  type: "need-trust-exposure";
  columns: FactorColumns;
}

/** A shop to try things with. */
interface SimulateRequest {
  type: "simulate";
  params?: ShopOptions;
}

export interface CustomerColumns {
  /** repeat purchase days */
  x: Float64Array;
  t_x_days: Float64Array;
  T_days: Float64Array;
  /** mean net amount of a repeat purchase day; 0 or NaN where there is none */
  monetary: Float64Array;
  /** repeat purchase days that `monetary` is the mean of, where days without money were left out; default x */
  paid_days?: Float64Array;
  /** Σ over the row's customers and their gaps of ln(gap in weeks), for models of regular buyers */
  log_gaps?: Float64Array;
  /** calendar months with a purchase, of those below, for models in discrete time */
  months_x?: Float64Array;
  /** number of the last such month, 1 for the one after the first purchase's; 0 for none */
  months_t_x?: Float64Array;
  /** whole months after the one of the first purchase */
  months_n?: Float64Array;
}

export interface EstimateColumns extends CustomerColumns {
  /** customers of each row; 1 each when left out */
  customers?: Float64Array;
  /** renewals of a contract made, or where it was lost the number of the one that was not */
  renewals?: Float64Array;
  /** 1: that renewal was due and not made */
  is_lost?: Float64Array;
  /** 1: lost, and bought again later */
  is_back?: Float64Array;
}

export interface EstimateParams {
  /** a model of buying (gamma-gamma follows it), `gamma-gamma` alone, or `best` (default) */
  model?: string;
  /** of time in parameters and columns: week (default) or day */
  unit?: string;
  /** names of the covariates to take in, with commas between; default none */
  covariates?: string;
  /** months that a payment of a contract covers, for models of retention; default 1 */
  cycle?: number;
}

export interface ForecastParams extends EstimateParams {
  /** in units; default 52 weeks */
  horizon?: number;
  /** a year; default .1 */
  discount?: number;
  /** share of the money that counts, above 0 up to 1 (default) */
  margin?: number;
}

export interface EquityColumns extends CustomerColumns {
  /** number of the customer's segment among the labels; left out, or one segment called "all": no split */
  segment_name?: Float64Array;
  /** of the segment in the order of rows; with segments */
  place?: Float64Array;
  /** in every row: referred customers to each that was active; left out where nothing is known of referrals */
  k_observed?: Float64Array;
}

export interface EquityParams extends Omit<ForecastParams, "unit" | "horizon"> {
  /** weeks; default 52, 0: all that is to come */
  horizon?: number;
  /** referred customers to each; what the referrals show when left out */
  k_factor?: number;
  /** of equity: `literal` multiplies by K, any other (default) by 1 + K */
  formula?: string;
}

/** One row per distinct (x, t_x, T). */
export type CurveColumns = Omit<EstimateColumns, "monetary" | "paid_days">;

export interface CurveParams extends Pick<EstimateParams, "model"> {
  /** weeks; default 104 */
  horizon?: number;
}

/** One row per combination of need, trust and exposure, each 0 or 1. */
export interface FactorColumns {
  need: Float64Array;
  trust: Float64Array;
  exposure: Float64Array;
  customers: Float64Array;
  /** of them */
  repurchased: Float64Array;
  /** in every row: days since the last order from which on somebody needs to buy; left out where not known */
  due_from_days?: Float64Array;
  /** up to which, likewise */
  due_to_days?: Float64Array;
}

/**
 * Rows of three sections: 0, one row, the frame; 1, a row per distinct (x, t_x, T, orders); 2, a row
 * per week in which customers of section 1 bought. What is not of a row's section is 0.
 */
export interface ValidationColumns {
  section: Float64Array;
  /** frame: first day with a purchase, since 1970 */
  first_day: Float64Array;
  /** frame: last day of the calibration, since 1970 */
  split_day: Float64Array;
  /** frame: last day of the holdout, since 1970 */
  last_day: Float64Array;
  /** customers: repeat purchase days up to the split */
  x: Float64Array;
  t_x_days: Float64Array;
  T_days: Float64Array;
  customers: Float64Array;
  /** weeks: 1 for the first seven days after the first day, and so on */
  week: Float64Array;
  /** customers: purchase days in the holdout, of each; weeks: repeat purchase days, of all */
  orders: Float64Array;
  /** customers: Σ over all of the row and their gaps up to the split of ln(gap in weeks) */
  log_gaps?: Float64Array;
}

export interface ValidationParams {
  /** a model of buying, or `best`: the one that the holdout chooses; default bg-nbd */
  model?: string;
  /** what to see of it: tracking (default), frequency, models */
  view?: string;
  /** repeat purchases from which on frequencies share a row; default 7 */
  pool?: number;
}

export type ModelCell = string | number | boolean | null;

export interface ModelResult {
  /** all of one length; numbers of a forecast in typed arrays */
  columns: Record<string, Float64Array | ModelCell[]>;
  /** what to know before a figure is believed */
  notes: Diagnostic[];
  /** figures of the whole answer that no row holds, for its sentence */
  facts?: Record<string, ModelCell>;
}

export type ModelAnswer<R extends ModelRequest> = R extends SimulateRequest ? Shop : ModelResult;
