import type { Param } from "./query.ts";

export type ParamValue = string | number | boolean | null;

/**
 * The reader's values as the engine's variables: every declared param, null where unset.
 *
 * @param params as the query declares them
 * @param values from a form, a link or a script; text is read as the param's type
 * @throws RangeError naming the param and what it takes
 */
export function bindParams(
  params: Param[],
  values: Record<string, unknown> = {},
): Record<string, ParamValue> {
  for (const name of Object.keys(values)) {
    if (params.some((param) => param.name === name)) continue;
    const names = params.map((param) => param.name).join(", ") || "none";
    throw new RangeError(`unknown param: ${name}; takes: ${names}`);
  }
  return Object.fromEntries(
    params.map((param) => [
      param.name,
      bindParam(param, Object.hasOwn(values, param.name) ? values[param.name] : null),
    ]),
  );
}

function bindParam(param: Param, value: unknown): ParamValue {
  if (value === undefined || value === null || value === "") return null;
  switch (param.type) {
    case "choice":
      if (param.choices.includes(String(value))) return String(value);
      throw invalid(param, `one of ${param.choices.join(", ")}`, value);
    case "integer":
      return bindInteger(param, value);
    case "number":
      return bindNumber(param, value);
    case "date":
      return bindDate(param, value);
    case "flag":
      if (value === true || value === "true") return true;
      if (value === false || value === "false") return false;
      throw invalid(param, "true or false", value);
    case "text":
      if (typeof value === "number" && Number.isFinite(value)) return String(value);
      if (typeof value === "string" && !value.includes("\0")) return value;
      throw invalid(param, "text", value);
  }
}

function bindInteger(param: Param, value: unknown): number {
  const number = toNumber(value);
  if (Number.isSafeInteger(number) && Math.abs(number) < 2 ** 31) return number;
  throw invalid(param, "a whole number", value);
}

function bindNumber(param: Param, value: unknown): number {
  const number = toNumber(value);
  if (Number.isFinite(number)) return number;
  throw invalid(param, "a number", value);
}

function bindDate(param: Param, value: unknown): string {
  const text =
    value instanceof Date && Number.isFinite(value.getTime())
      ? value.toISOString().slice(0, 10)
      : String(value);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) {
    const date = new Date(`${text}T00:00:00Z`);
    if (Number.isFinite(date.getTime()) && date.toISOString().startsWith(text)) return text;
  }
  throw invalid(param, "a date, YYYY-MM-DD", value);
}

function toNumber(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string" && /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value))
    return Number(value);
  return Number.NaN;
}

function invalid({ name }: Param, wanted: string, value: unknown): RangeError {
  const shown = typeof value === "object" ? JSON.stringify(value) : String(value);
  return new RangeError(`invalid ${name}; not ${wanted}: ${shown}`);
}
