export const groups = ["data", "growth", "retention", "value"] as const;

export interface Group<Cell> {
  name: string;
  cells: Cell[];
}

/** The cells by group: the four groups in their order, then any other; cells keep theirs, empty groups go. */
export function groupCells<Cell>(cells: Cell[], groupOf: (cell: Cell) => string): Group<Cell>[] {
  const byName = new Map<string, Cell[]>(groups.map((name) => [name, []]));
  for (const cell of cells) {
    const name = groupOf(cell);
    const list = byName.get(name);
    if (list) list.push(cell);
    else byName.set(name, [cell]);
  }
  return [...byName]
    .map(([name, list]) => ({ name, cells: list }))
    .filter(({ cells: list }) => list.length > 0);
}
