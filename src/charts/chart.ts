import type { Table } from "apache-arrow";
import type { BrushMeaning, Column } from "../catalog/query.ts";
import type { DayAxis } from "./dayAxis.ts";

export interface ChartColumn extends Pick<Column, "name" | "type"> {
  label: string;
  bands?: { edges: number[]; labels: string[] } | undefined;
}

/** What every chart draws from. */
export interface ChartInput {
  table: Table;
  /** the columns of the table, with the label of each in the reader's language */
  columns: ChartColumn[];
  channels: Record<string, string>;
  title: string;
  /** CSS pixels */
  width: number;
  /** colours come from CSS custom properties of the element; this decides what they cannot */
  dark: boolean;
  locale: string;
  /** three-letter code, or null */
  currency: string | null;
  /** the reader's values of the query's params */
  params: Record<string, unknown>;
  /** a word of the interface in the reader's language */
  word: (key: string) => string;
  /** what the coded values of text columns are called in the reader's language, by code */
  values?: Record<string, string>;
  /** called with the row of a spot that the reader opens */
  onPick?: (row: number) => void;
  /** where the reader can choose days along an axis */
  brush?: BrushInput;
}

/** Days of a range, ISO, both ends included. */
export interface DayRange {
  from: string;
  to: string;
}

export interface BrushInput {
  /** what the values of columns say, by their names */
  meanings: Record<string, BrushMeaning>;
  /** the reader is at the figure, and may be about to draw a range */
  onNear: () => void;
  /** the range moves */
  onMove: (range: DayRange) => void;
  /** the range stays where it is */
  onEnd: (range: DayRange) => void;
  /** what moved is given up */
  onCancel: () => void;
  /** there is to be no range */
  onClear: () => void;
}

/** A value that the tip can name. */
export interface Spot {
  /** pixels in the drawing */
  x: number;
  y: number;
  /** the first line is its name, the others its figures; one of many says them when it is asked */
  readonly lines: string[];
  /** x, y, width and height of its mark, where that is a box */
  box?: [number, number, number, number];
  /** from where down to where it is pointed at, where that is more than y */
  span?: [number, number];
  /** the path of its mark, where that is neither a box nor a dot, and its colour */
  outline?: string;
  ink?: string;
  /** column and line that the arrow keys find it at, where its place in the drawing does not tell */
  stop?: [number, number];
  /** the row of the table that it shows, where it shows one */
  row?: number;
}

/** What a chart file gives back. */
export interface Drawing {
  svg: SVGSVGElement;
  spots: Spot[];
  /** how far a pixel counts across and down when the nearest spot is sought; both 1 if absent */
  reach?: [number, number];
  /** the spot at a place of the drawing, where nearness does not tell */
  find?: (place: { x: number; y: number }) => number | undefined;
  /** the axis along which days can be chosen */
  axis?: DayAxis | undefined;
}
