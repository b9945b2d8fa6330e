import type { Param, Query } from "../catalog/query.ts";
import type { Reader } from "../session/reader.ts";
import { valueText } from "../session/valueText.ts";
import { formatValue } from "../words/words.ts";

type Value = string | number | boolean | null;

/** What the reader set a figure to, in the words of its fields. */
export function settingsText(
  reader: Reader,
  query: Pick<Query, "params" | "values">,
  params: Readonly<Record<string, Value>>,
): string[] {
  return Object.entries(params).map(([name, value]) => {
    const param = query.params.find((one) => one.name === name);
    return reader.text("chart.pair", {
      name: param ? reader.localized(param.label) : name,
      value: param ? sayValue(reader, query, param, value) : String(value),
    });
  });
}

function sayValue(
  reader: Reader,
  query: Pick<Query, "values">,
  { name, type }: Param,
  value: Value,
): string {
  if (value === null || value === "") return reader.text("cell.paramEmpty");
  if (type === "date" || type === "flag") return formatValue(reader.locale, type, value, null);
  if (type !== "choice") return String(value);
  const said = valueText(reader, query, name, String(value));
  return said === value ? said.replaceAll("-", " ").replaceAll("_", " ") : said;
}
