import { cleanCell, isBlank } from "./cleanCell.ts";
import type { RawRecord } from "./parseRecords.ts";
import type { AmountLevel } from "./report.ts";
import { levelOfHeader } from "./synonyms.ts";

export interface GrainInput {
  records: RawRecord[];
  /** positions; undefined where there is none */
  orderId: number | undefined;
  amount: number | undefined;
  amountHeader: string;
  refund: number | undefined;
  /** share of negative values among the amounts, or the quantities where those are multiplied */
  negatives: number;
  /** amount = quantity × unit price */
  isProduct: boolean;
}

export interface Grain {
  grain: "order" | "line" | "transaction";
  amountLevel: AmountLevel;
  refundLevel: AmountLevel;
}

/** What a row is, and how an order's amount stands on its rows, from orders that have several. */
export function detectGrain(input: GrainInput): Grain {
  const groups = groupByOrder(input);
  const several = groups.filter((group) => group.length > 1);
  const isLine = several.length > 0;
  const level = levelOf(several, input.amount, input.amountHeader);
  const refundLevel = levelOf(several, input.refund, input.amountHeader);
  const signed = input.negatives > 0 && input.negatives < 0.5;
  const grain = isLine ? "line" : signed ? "transaction" : "order";
  if (signed && level !== "order_first_row" && level !== "order_repeated")
    return { grain, amountLevel: "transaction", refundLevel };
  if (input.isProduct) return { grain, amountLevel: "line", refundLevel };
  return { grain, amountLevel: level, refundLevel };
}

/** Rows of one order stand together in exports; the same id far away is counted as another group. */
function groupByOrder({ records, orderId }: GrainInput): RawRecord[][] {
  if (orderId === undefined) return records.map((record) => [record]);
  const groups: RawRecord[][] = [];
  let last = "";
  for (const record of records) {
    const id = cleanCell(record.cells[orderId] ?? "");
    if (id !== "" && id === last) groups.at(-1)!.push(record);
    else groups.push([record]);
    last = id;
  }
  return groups;
}

function levelOf(several: RawRecord[][], column: number | undefined, header: string): AmountLevel {
  if (several.length === 0) return "order";
  if (column === undefined) return "line";
  let firstOnly = 0;
  let same = 0;
  let differing = 0;
  for (const group of several) {
    const values = group.map(({ cells }) => cleanCell(cells[column] ?? ""));
    const filled = values.filter((value) => !isBlank(value));
    if (filled.length === 1) firstOnly++;
    else if (filled.length === 0) continue;
    else if (new Set(filled).size === 1) same++;
    else differing++;
  }
  if (firstOnly > same + differing) return "order_first_row";
  if (differing > 0.05 * (same + differing)) return "line";
  // a few orders of equal lines prove nothing: then the name of the column decides
  if (same > 0 && (same >= 5 || levelOfHeader(header) !== "line")) return "order_repeated";
  return "line";
}
