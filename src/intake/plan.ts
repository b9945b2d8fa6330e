import type { DateOrder, DateShape } from "./dateFormats.ts";
import type { Args } from "./intakeError.ts";
import type { NumberFormat } from "./numberFormats.ts";
import type { ColumnShape } from "./columnShapes.ts";
import type { Delimiter, Dialect } from "./parseRecords.ts";
import type { RawLines } from "./rawLines.ts";
import type { Compression } from "./readSample.ts";
import type { AmountLevel, FileKind, Question, Role } from "./report.ts";
import type { Field } from "./synonyms.ts";

/** How the values of one column are read. */
export interface ColumnFormat {
  number: NumberFormat;
  /** zone: of the shop, where the times must be moved to it; else they stand as written */
  date: { shapes: DateShape[]; order: DateOrder; zone?: string };
  /** some value carries blanks, zero-width characters or spreadsheet armour */
  dressed: boolean;
}

/** Which rows are left out, by which columns; the words are in `statusWords`. */
interface StatusRules {
  /** a closed order without a payment counts as cancelled (交易关闭); only where no payment time tells */
  closedIsCancelled: boolean;
  /** a blank payment time means that the order was never paid */
  blankPaymentIsUnpaid: boolean;
  /** the status of a return says that the whole amount was refunded, and no column has the sum */
  refundedByStatus: boolean;
}

/** Where order ids have the day: from character `start` (0-based), `%Y%m%d` or `%y%m%d`. */
export interface IdDay {
  start: number;
  pattern: "%Y%m%d" | "%y%m%d";
  /** the day stands in for the time column on every row, not on blank ones alone */
  always: boolean;
}

export interface PlanQuestion extends Question {
  /** for the sentence: the column, and some of its values */
  args: Args;
}

/** Everything that is known of a file before it is read: see `inspectFile`. */
export interface FilePlan extends Dialect {
  name: string;
  kind: FileKind;
  platform: string | null;
  encoding: string;
  bomLength: number;
  compression: Compression;
  newline: "\n" | "\r\n" | "\r";
  /** lines before the first record of data */
  skipRows: number;
  /** 1-based line of the header; 0 when there is none */
  headerRow: number;
  /** line at which another table starts; 0 when the file has but one */
  endLine: number;
  /** all tables, where there are several; `headerRow` of the corrections chooses */
  tables: { headerRow: number; columns: string[] }[];
  /** what the values of each column look like */
  shapes: ColumnShape[];
  /** unique names, in the file's order; column i is c<i> in the engine */
  columns: string[];
  mapping: Partial<Record<Role, string | string[]>>;
  /** 0 to 1 */
  confidence: Partial<Record<Role, number>>;
  /** positions of columns by field, the public roles and the ones that intake itself uses */
  fields: Partial<Record<Field, number[]>>;
  /** by field: of its first column */
  formats: Partial<Record<Field, ColumnFormat>>;
  grain: "order" | "line" | "transaction" | null;
  amountLevel: AmountLevel;
  refundLevel: AmountLevel;
  /** amount = quantity × unit price, exactly */
  amountIsProduct: boolean;
  /** the discount is still to be taken off the amount */
  lessDiscount: boolean;
  /** a refund above the amount is what was paid */
  grossCoversRefund: boolean;
  /** the day that every order id carries, for rows whose own time is blank, or for all of them */
  idDay: IdDay | null;
  /** of every row, where no column and no sign in the values tells; null when unknown */
  currency: string | null;
  statusRules: StatusRules;
  questions: PlanQuestion[];
  notes: { code: string; args: Args }[];
  /** the first records of data, as read */
  preview: string[][];
  /** the lines around the header, as they stand in the file */
  raw: RawLines;
  /** clean: straight through the engine's strict reader; careful: through `repairFile` first */
  lane: "clean" | "careful";
  /** what sent it to the careful lane */
  faults: string[];
  error?: { code: string; args: Args };
}

/** What the reader corrects; absent parts are found anew. */
export interface Corrections {
  kind?: FileKind;
  encoding?: string;
  delimiter?: Delimiter;
  headerRow?: number;
  /** a column's name, several, or null for none */
  mapping?: Partial<Record<Role, string | string[] | null>>;
}
