import type { Level } from "../catalog/query.ts";
import { breathe } from "./breathe.ts";
import type { Unit } from "./countedUnits.ts";
import { withhold } from "./withhold.ts";

/** A way to sum units up: over some of their keys, while the others are kept. */
interface Family {
  /** keys that are kept, as bits */
  kept: number;
  lists: number[][];
}

/**
 * The sums of units that a reader is taken to know from other figures of the same customers: over any of their
 * keys, and over the segments, as far as a table of such sums would show them by the same rule. Totals stand in
 * no sum but the one over segments; a key apart is never summed over.
 *
 * @returns places of the units of each sum
 */
export async function knownSums(
  units: readonly Unit[],
  { keys, apart }: Pick<Level, "keys" | "apart">,
  { parts, smallest }: { parts: number; smallest: number },
): Promise<number[][]> {
  const shift = parts > 1 ? 1 : 0;
  const names = units.map((unit) => [...(shift ? [String(unit.part)] : []), ...unit.keys]);
  const bitsFor = (some: readonly string[]) =>
    some.reduce((bits, key) => bits | (1 << (keys.indexOf(key) + shift)), 0);
  const always = bitsFor(apart.filter((some) => some.length === 1).flat());
  const either = apart.filter((some) => some.length > 1).map(bitsFor);
  const every = 2 ** (keys.length + shift) - 1;
  const known: Family[] = [];
  const ways = Array.from({ length: every }, (_, kept) => kept)
    .filter((kept) => (kept & always) === always)
    .filter((kept) => kept === always || either.every((bits) => (kept & bits) !== 0))
    .toSorted((a, b) => bitsOf(a) - bitsOf(b));
  for (const kept of ways) {
    await breathe();
    const isAcross = shift === 1 && kept === every - 1;
    const lists = listsOf(kept, isAcross);
    if (lists.every((list) => list.length === 1)) continue;
    const place = new Map(lists.flatMap((list, i) => list.map((unit) => [unit, i] as const)));
    const coarser = known.filter((family) => (family.kept & kept) === family.kept);
    const groups = coarser.flatMap((family) =>
      family.lists.map((list) => [...new Set(list.flatMap((unit) => place.get(unit) ?? []))]),
    );
    const hidden = await withhold({ columns: sumsOf(lists), groups }, smallest);
    known.push({ kept, lists: lists.filter((_, i) => !hidden[i]) });
  }
  return known.flatMap(({ lists }) => lists);

  function listsOf(kept: number, isAcross: boolean): number[][] {
    const found = new Map<string, number[]>();
    units.forEach(({ isTotal }, i) => {
      if (isTotal && !isAcross) return;
      const id = JSON.stringify(names[i]!.map((name, key) => ((kept >> key) & 1 ? name : null)));
      const list = found.get(id);
      if (list) list.push(i);
      else found.set(id, [i]);
    });
    return [...found.values()];
  }

  function sumsOf(lists: readonly number[][]): Float64Array[] {
    return (units[0]?.values ?? []).map((_, column) =>
      Float64Array.from(lists, (list) =>
        list.reduce((sum, unit) => sum + (units[unit]!.values[column]! || 0), 0),
      ),
    );
  }
}

function bitsOf(number: number): number {
  return number === 0 ? 0 : (number & 1) + bitsOf(number >> 1);
}
