const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** A size in the reader's language: 812 byte, 4.2 MB; thousands, as file managers count. */
export function formatBytes(locale: string, bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000;
    ++step;
  }
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: step > 1 && value < 100 ? 1 : 0,
  }).format(value);
}
