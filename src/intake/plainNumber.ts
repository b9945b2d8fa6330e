/**
 * A number as the shortest decimal that gives the same double, without an exponent: "1E-3" is
 * "0.001", "19.989999999999998" is "19.99". Whole numbers keep all digits that are written; what is no
 * number stays as it is.
 */
export function plainNumber(text: string): string {
  if (/^(?:0|-?[1-9]\d*)$/.test(text)) return text;
  const number = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) return text;
  const shortest = String(number);
  const [, sign = "", whole = "", part = "", power = ""] =
    /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(shortest) ?? [];
  if (power === "") return shortest;
  const digits = whole + part;
  const point = whole.length + Number(power);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return point >= digits.length
    ? sign + digits.padEnd(point, "0")
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
