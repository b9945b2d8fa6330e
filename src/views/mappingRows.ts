import type { FilePlan } from "../session/session.svelte.ts";
import { roles, type Role } from "../intake/report.ts";

export interface MappingRow {
  role: Role;
  /** columns taken for the role, none where it is open */
  columns: string[];
  /** 0 to 1; undefined where nothing was proposed */
  confidence: number | undefined;
}

/** Roles that a retention notebook lives on: they stand first, mapped or not. */
export const mainRoles: readonly Role[] = [
  "customer",
  "order_id",
  "ordered_at",
  "amount",
  "refund",
  "status",
  "currency",
];

/**
 * Every role with the columns taken for it: the main ones first, then the mapped, then the rest. A
 * file that holds no orders has no main roles but the mapped ones.
 */
export function mappingRows(plan: Pick<FilePlan, "report" | "confidence">): {
  main: MappingRow[];
  rest: MappingRow[];
} {
  const rows = roles.map((role) => toRow(plan, role));
  const hasOrders = ["orders", "lines", "refused"].includes(plan.report.kind);
  const isMain = ({ role, columns }: MappingRow) =>
    columns.length > 0 || (hasOrders && mainRoles.includes(role));
  const main = rows.filter(isMain).sort((a, b) => rank(a.role) - rank(b.role));
  return { main, rest: rows.filter((row) => !isMain(row)) };
}

/** The roles that a column was taken for. */
export function rolesOfColumn(plan: Pick<FilePlan, "report">, column: string): Role[] {
  return roles.filter((role) => columnsOf(plan, role).includes(column));
}

/** In words: sure from 0.85, likely from 0.6, below that a guess. */
export function confidenceWord(confidence: number): "sure" | "likely" | "guess" {
  if (confidence >= 0.85) return "sure";
  return confidence >= 0.6 ? "likely" : "guess";
}

function toRow(plan: Pick<FilePlan, "report" | "confidence">, role: Role): MappingRow {
  return { role, columns: columnsOf(plan, role), confidence: plan.confidence[role] };
}

function columnsOf(plan: Pick<FilePlan, "report">, role: Role): string[] {
  const mapped = plan.report.mapping[role];
  return mapped === undefined ? [] : [mapped].flat();
}

function rank(role: Role): number {
  const place = mainRoles.indexOf(role);
  return place === -1 ? mainRoles.length + roles.indexOf(role) : place;
}
