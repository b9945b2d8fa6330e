import type { Fact } from "./query.ts";

/** A result by columns: an Arrow table or an array of rows is one after a line of glue. */
export interface FactTable {
  numRows: number;
  /** row index to value; counts may be bigint */
  column: (name: string) => (row: number) => unknown;
  /** figures of a model's whole answer that no row holds */
  answers?: Readonly<Record<string, FactValue>>;
}

export type FactValue = string | number | boolean | Date | null;

/**
 * What a query's facts come to over its result.
 *
 * @returns one value per fact; null where no row matched (0 for a count) or the divisor is 0
 * @throws SyntaxError when a fact cannot be read
 */
export function evaluateFacts(facts: Fact[], table: FactTable): Record<string, FactValue> {
  return Object.fromEntries(facts.map((fact) => [fact.name, evaluateFact(fact, table)]));
}

/** What a fact goes by: how it sums up, over which columns, and the rows that it is about. */
export function readFact(
  { name, of }: Fact,
  table: FactTable,
): { aggregate: string; columns: string[]; rows: number[] } {
  const [, aggregate = "", first, second, where] = parse(name, of);
  const matches = toCondition(name, where, table);
  const rows = Array.from({ length: table.numRows }, (_, row) => row).filter(matches);
  return { aggregate, columns: [first, second].filter((column) => column !== undefined), rows };
}

function parse(name: string, of: string): RegExpExecArray {
  const match = /^([a-z]+)\(\s*(?:(\w+)(?:\s*,\s*(\w+))?)?\s*\)(?:\s+where\s+(.+))?$/.exec(of);
  if (!match) throw new SyntaxError(`invalid fact ${name}: ${of}`);
  return match;
}

const z = 1.959963984540054; // 97.5 % point of the normal distribution

function evaluateFact({ name, type, of }: Fact, table: FactTable): FactValue {
  const [, aggregate, first, second, where] = parse(name, of);
  const matches = toCondition(name, where, table);
  // row by row: a list of a million rows' values is more memory than their table
  function* values(column: string | undefined): Generator<FactValue> {
    if (!column) throw new SyntaxError(`invalid fact ${name}; missing column: ${of}`);
    const at = table.column(column);
    for (let row = 0; row < table.numRows; ++row) if (matches(row)) yield toValue(at(row));
  }
  const count = () => {
    let rows = 0;
    for (let row = 0; row < table.numRows; ++row) if (matches(row)) ++rows;
    return rows;
  };
  switch (aggregate) {
    case "answer":
      return table.answers?.[first ?? ""] ?? null;
    case "count":
      return count();
    case "first":
      for (const value of values(first)) return value;
      return null;
    case "last":
      return lastOf(values(first));
    case "sum":
      return type === "count" || count() > 0 ? sum(values(first)) : null;
    case "max":
      return extreme(values(first), 1);
    case "min":
      return extreme(values(first), -1);
    case "ratio":
    case "lower":
    case "upper":
      return share(aggregate, sum(values(first)), sum(values(second)));
  }
  throw new SyntaxError(`invalid fact ${name}; unknown aggregate: ${aggregate}`);
}

function toCondition(
  name: string,
  where: string | undefined,
  table: FactTable,
): (row: number) => boolean {
  if (!where) return () => true;
  const tests = where.split(/\s+and\s+/).map((text) => {
    const match = /^(\w+)\s*(=|!=|<=|>=|<|>)\s*('[^']*'|-?\d+(?:\.\d+)?|true|false|null)$/.exec(
      text,
    );
    if (!match) throw new SyntaxError(`invalid fact ${name}; invalid condition: ${text}`);
    const at = table.column(match[1]!);
    const literal = parseLiteral(match[3]!);
    return (row: number) => compare(toValue(at(row)), match[2]!, literal);
  });
  return (row) => tests.every((test) => test(row));
}

function parseLiteral(text: string): FactValue {
  if (text.startsWith("'")) return text.slice(1, -1);
  if (text === "null") return null;
  if (text === "true" || text === "false") return text === "true";
  return Number(text);
}

function compare(value: FactValue, operator: string, literal: FactValue): boolean {
  if (operator === "=") return value === literal;
  if (operator === "!=") return value !== literal;
  if (value === null || literal === null) return false;
  switch (operator) {
    case "<":
      return value < literal;
    case "<=":
      return value <= literal;
    case ">":
      return value > literal;
    default:
      return value >= literal;
  }
}

function toValue(value: unknown): FactValue {
  if (typeof value === "bigint") return Number(value);
  if (value === undefined || value === null) return null;
  if (typeof value === "number" || typeof value === "boolean" || value instanceof Date)
    return value;
  return String(value);
}

function lastOf(values: Iterable<FactValue>): FactValue {
  let last: FactValue = null;
  for (const value of values) last = value;
  return last;
}

function sum(values: Iterable<FactValue>): number {
  let total = 0;
  for (const value of values) total += Number(value ?? 0);
  return total;
}

function extreme(values: Iterable<FactValue>, sign: 1 | -1): FactValue {
  let best: FactValue = null;
  for (const value of values) {
    if (value === null || Number.isNaN(value)) continue;
    if (best === null || (sign > 0 ? value > best : value < best)) best = value;
  }
  return best;
}

/** Wilson (1927), https://doi.org/10.1080/01621459.1927.10502953 */
function share(which: "ratio" | "lower" | "upper", k: number, n: number): number | null {
  if (n === 0) return null;
  const p = k / n;
  if (which === "ratio") return p;
  if (p < 0 || p > 1) return null;
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const middle = p + (z * z) / (2 * n);
  const bound = (which === "lower" ? middle - half : middle + half) / (1 + (z * z) / n);
  return Math.min(1, Math.max(0, bound));
}
