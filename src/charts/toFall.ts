export interface Entry {
  name: string;
  /** the step's code: the first is the whole, `kept` what is left of it, `refund` stands outside */
  code: string;
  size: number;
  rows: number[];
}

export interface Fall extends Entry {
  from: number;
  to: number;
  isTotal: boolean;
}

const order = ["read", "rejected", "excluded", "merged", "kept"];

/**
 * Entries as bars that fall from the whole to what is left: read, then what was rejected, excluded and
 * merged, the larger first, then kept. Steps of no size go, except the first and the last.
 */
export function toFall(entries: Entry[]): Fall[] {
  const known = entries.filter(({ code }) => order.includes(code));
  const steps = known.length > 0 ? known : entries;
  const rank = ({ code }: Entry) => order.indexOf(code);
  const sorted = [...steps].sort((a, b) => rank(a) - rank(b) || b.size - a.size);
  const shown = sorted.filter((entry, i) => isTotal(entry, i) || entry.size > 0);
  let left = 0;
  return shown.map((entry, i) => {
    if (isTotal(entry, i)) {
      left = i === 0 ? entry.size : left;
      return { ...entry, from: 0, to: entry.size, isTotal: true };
    }
    left -= entry.size;
    return { ...entry, from: left, to: left + entry.size, isTotal: false };
  });
}

function isTotal({ code }: Entry, i: number): boolean {
  return i === 0 || code === "kept";
}
