import type { Param } from "../catalog/query.ts";

export type ParamValue = string | number | boolean | null;

export type Reading =
  { ok: true; value: ParamValue } | { ok: false; why: "integer" | "number" | "date" | "choice" };

/**
 * What the reader put into a field, as a value of the param. An empty field is null: the SQL decides.
 */
export function readParam(param: Pick<Param, "type" | "choices">, raw: string | boolean): Reading {
  if (param.type === "flag") return { ok: true, value: raw === true || raw === "true" };
  const text = String(raw).trim();
  if (text === "") return { ok: true, value: null };
  switch (param.type) {
    case "integer":
      return /^[-+]?\d{1,15}$/.test(text)
        ? { ok: true, value: Number(text) }
        : { ok: false, why: "integer" };
    case "number":
      return Number.isFinite(Number(text))
        ? { ok: true, value: Number(text) }
        : { ok: false, why: "number" };
    case "date":
      return isDay(text) ? { ok: true, value: text } : { ok: false, why: "date" };
    case "choice":
      return param.choices.includes(text)
        ? { ok: true, value: text }
        : { ok: false, why: "choice" };
    default:
      return { ok: true, value: text };
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
