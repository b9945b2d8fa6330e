import type { FilePlan } from "./plan.ts";
import { cleanText, identitySql } from "./valueSql.ts";

/** Expressions over the columns of a file that say who a row is of. */
export interface Identity {
  /** the customer, spelled in one way; null for a guest or nobody */
  customer: string;
  /** the same as the file writes it */
  written: string;
}

/**
 * Who a row is of: the first of the customer's columns that names somebody. What is left of a masked
 * number tells people apart only together with a name, and only where the plan says so.
 */
export function identityOf({ fields }: Pick<FilePlan, "fields">): Identity {
  const columns = (fields.customer ?? []).map((index) => `c${index}`);
  const parts = columns.map((column) => ({ customer: identitySql(column), written: column }));
  const weak = fields.masked_name?.[0];
  if (weak !== undefined && columns[0]) parts.push(maskedPart(columns[0], `c${weak}`));
  if (parts.length === 0) return { customer: "null::varchar", written: "null::varchar" };
  if (parts.length === 1) return parts[0]!;
  const cases = parts.map(
    ({ customer, written }) => `when ${customer} is not null then ${written}`,
  );
  return {
    customer: `coalesce(${parts.map(({ customer }) => customer).join(", ")})`,
    written: `case ${cases.join(" ")} end`,
  };
}

function maskedPart(column: string, name: string): Identity {
  const number = cleanText(column);
  const customer =
    name === column ? number : `(${number} || ' ' || nfc_normalize(${cleanText(name)}))`;
  const sql = `case when regexp_matches(${column}, '[*＊]') then ${customer} end`;
  return { customer: sql, written: sql };
}
