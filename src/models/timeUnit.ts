import { ModelError } from "./modelError.ts";

/** days in a unit of time that the reader may choose */
export function toDaysPerUnit(unit: string): number {
  if (unit === "week") return 7;
  if (unit === "day") return 1;
  throw new ModelError("invalid-parameter", `invalid unit; not week or day: ${unit}`);
}
