import type { Diagnostic } from "./diagnose.ts";
import type { Shop, ShopOptions } from "./simulateShop.ts";

/** What can be asked of the models; one door for all, in a worker or not. */
export type ModelRequest = EstimateRequest | ForecastRequest | SimulateRequest;

/** Parameters of the fitted models. */
export interface EstimateRequest {
  type: "clv-model";
  /** one row per distinct (x, t_x, T, monetary) */
  columns: EstimateColumns;
  params?: EstimateParams;
}

/** What is to come of each customer. */
interface ForecastRequest {
  type: "clv-forecast";
  /** one row a customer */
  columns: CustomerColumns;
  params?: ForecastParams;
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
}

export interface EstimateColumns extends CustomerColumns {
  /** customers of each row */
  customers: Float64Array;
}

export interface EstimateParams {
  /** a model of buying (gamma-gamma follows it), `gamma-gamma` alone, or `best` (default) */
  model?: string;
  /** of time in parameters and columns: week (default) or day */
  unit?: string;
}

export interface ForecastParams extends EstimateParams {
  /** in units; default 52 weeks */
  horizon?: number;
  /** a year; default .1 */
  discount?: number;
  /** share of the money that counts, above 0 up to 1 (default) */
  margin?: number;
}

export type ModelCell = string | number | boolean | null;

export interface ModelResult {
  /** all of one length; numbers of a forecast in typed arrays */
  columns: Record<string, Float64Array | ModelCell[]>;
  /** what to know before a figure is believed */
  notes: Diagnostic[];
}

export type ModelAnswer<R extends ModelRequest> = R extends SimulateRequest ? Shop : ModelResult;
