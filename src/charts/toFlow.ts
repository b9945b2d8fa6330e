/** What went from one block to another. */
export interface Move {
  from: string;
  to: string;
  size: number;
  /** what it means; moves of different turns that are merged have the last one, "moved" */
  turn: Turn;
  /** the only row of the table that it stands for */
  row?: number | undefined;
}

export type Turn = "stayed" | "rose" | "fell" | "came" | "moved";

/** Moves and the blocks of both columns, in order. */
export interface Moves {
  moves: Move[];
  from: string[];
  to: string[];
}

export interface Block {
  name: string;
  size: number;
  /** of its top, pixels from the top of the column */
  y: number;
  height: number;
}

export interface Ribbon extends Move {
  /** places of its blocks */
  ends: [number, number];
  /** its tops at the left and at the right */
  left: number;
  right: number;
  height: number;
}

export interface Flow {
  total: number;
  from: Block[];
  to: Block[];
  /** by block on the left, then by block on the right */
  ribbons: Ribbon[];
}

/**
 * Two columns of blocks and the ribbons between them, to scale: a block is as high as its ribbons together,
 * and these lie in it in the order of the blocks that they lead to. Blocks without a move are left out.
 *
 * @param height of the columns, pixels, both filled to the end
 * @param gap between blocks of the column that has more of them, pixels
 */
export function toFlow(
  { moves, from, to }: Moves,
  { height, gap }: { height: number; gap: number },
): Flow {
  const total = moves.reduce((sum, { size }) => sum + size, 0);
  const left = sizesOf(from, moves, "from");
  const right = sizesOf(to, moves, "to");
  const gaps = gap * (Math.max(left.length, right.length) - 1);
  const scale = total > 0 ? Math.max(0, height - gaps) / total : 0;
  const columns = [left, right].map((sizes) => stackBlocks(sizes, { height, scale }));
  const [fromBlocks, toBlocks] = columns as [Block[], Block[]];
  return {
    total,
    from: fromBlocks,
    to: toBlocks,
    ribbons: layRibbons(moves, { from: fromBlocks, to: toBlocks, scale }),
  };
}

type Size = Pick<Block, "name" | "size">;

function sizesOf(names: string[], moves: Move[], side: "from" | "to"): Size[] {
  const sizes = new Map(names.map((name) => [name, 0]));
  for (const move of moves) sizes.set(move[side], (sizes.get(move[side]) ?? 0) + move.size);
  return [...sizes].map(([name, size]) => ({ name, size })).filter(({ size }) => size > 0);
}

/** A single block stands in the middle. */
function stackBlocks(sizes: Size[], { height, scale }: { height: number; scale: number }): Block[] {
  const filled = sizes.reduce((sum, { size }) => sum + size, 0) * scale;
  const gap = sizes.length > 1 ? (height - filled) / (sizes.length - 1) : 0;
  let y = sizes.length > 1 ? 0 : (height - filled) / 2;
  return sizes.map(({ name, size }) => {
    const block = { name, size, y, height: size * scale };
    y += block.height + gap;
    return block;
  });
}

function layRibbons(
  moves: Move[],
  { from, to, scale }: { from: Block[]; to: Block[]; scale: number },
): Ribbon[] {
  const placeOf = (blocks: Block[]) => new Map(blocks.map(({ name }, place) => [name, place]));
  const [lefts, rights] = [placeOf(from), placeOf(to)];
  const ribbons = moves.map((move): Ribbon => {
    const ends: [number, number] = [lefts.get(move.from) ?? 0, rights.get(move.to) ?? 0];
    return { ...move, ends, left: 0, right: 0, height: move.size * scale };
  });
  ribbons.sort((a, b) => a.ends[0] - b.ends[0] || a.ends[1] - b.ends[1]);
  const [leftTops, rightTops] = [from.map(({ y }) => y), to.map(({ y }) => y)];
  for (const ribbon of ribbons) {
    const [a, b] = ribbon.ends;
    ribbon.left = leftTops[a] as number;
    ribbon.right = rightTops[b] as number;
    leftTops[a] = ribbon.left + ribbon.height;
    rightTops[b] = ribbon.right + ribbon.height;
  }
  return ribbons;
}

/**
 * At most so many blocks a column: of more, the largest stay in their order and the rest becomes one at the
 * end, with all that went from or to them.
 */
export function capBlocks(
  { moves, from, to }: Moves,
  { most, nameRest }: { most: number; nameRest: (count: number) => string },
): Moves {
  const left = capColumn(sizesOf(from, moves, "from"), { most, nameRest });
  const right = capColumn(sizesOf(to, moves, "to"), { most, nameRest });
  const merged = new Map<string, Move>();
  for (const move of moves) {
    const named = { ...move, from: left.nameOf(move.from), to: right.nameOf(move.to) };
    const key = JSON.stringify([named.from, named.to]);
    const known = merged.get(key);
    merged.set(key, known ? addMove(known, named) : named);
  }
  return { moves: [...merged.values()], from: left.names, to: right.names };
}

/** Two moves between the same blocks as one, which stands for no single row. */
export function addMove(a: Move, b: Move): Move {
  const turn = a.turn === b.turn ? a.turn : "moved";
  return { ...a, size: a.size + b.size, turn, row: undefined };
}

function capColumn(
  sizes: Size[],
  { most, nameRest }: { most: number; nameRest: (count: number) => string },
): { names: string[]; nameOf: (name: string) => string } {
  const names = sizes.map(({ name }) => name);
  if (sizes.length <= most) return { names, nameOf: (name) => name };
  const largest = [...sizes].sort((a, b) => b.size - a.size).slice(0, most - 1);
  const kept = new Set(largest.map(({ name }) => name));
  const rest = nameRest(names.length - kept.size);
  return {
    names: [...names.filter((name) => kept.has(name)), rest],
    nameOf: (name) => (kept.has(name) ? name : rest),
  };
}

/** How far down a ribbon has come, 0 to 1, at a share of its way across: a curve level at both ends. */
export function slopeAt(across: number): number {
  // x of the curve is 1.5 t − 1.5 t² + t³, which rises throughout
  let [low, high] = [0, 1];
  for (let i = 0; i < 24; ++i) {
    const t = (low + high) / 2;
    if (1.5 * t - 1.5 * t * t + t * t * t < across) low = t;
    else high = t;
  }
  return low * low * (3 - 2 * low);
}

/**
 * The ribbon at a place, the thinner one where two cross, or else the nearest above or below.
 *
 * @param across share of the way, 0 to 1, clamped
 */
export function ribbonAt(
  ribbons: Ribbon[],
  { across, y }: { across: number; y: number },
): number | undefined {
  const slope = slopeAt(Math.max(0, Math.min(1, across)));
  let found: number | undefined;
  let [least, thinnest] = [60, Infinity];
  ribbons.forEach(({ left, right, height }, i) => {
    const top = left + (right - left) * slope;
    const away = Math.max(0, top - y, y - top - height);
    if (away < least || (away === least && height < thinnest)) {
      [found, least, thinnest] = [i, away, height];
    }
  });
  return found;
}

/**
 * Places moved apart, as little as need be, so that each is a step from the next; closer where there is no
 * room for that.
 *
 * @param wanted places in ascending order
 */
export function spread(
  wanted: number[],
  { step, from, to }: { step: number; from: number; to: number },
): number[] {
  const apart = wanted.length > 1 ? Math.min(step, (to - from) / (wanted.length - 1)) : 0;
  // runs of neighbours that touch share the mean of what they want
  const runs: { sum: number; count: number }[] = [];
  wanted.forEach((place, i) => {
    let run = { sum: place - i * apart, count: 1 };
    for (let last = runs.at(-1); last && meanOf(last) > meanOf(run); last = runs.at(-1)) {
      run = { sum: run.sum + last.sum, count: run.count + last.count };
      runs.pop();
    }
    runs.push(run);
  });
  const end = to - apart * (wanted.length - 1);
  const starts = runs.flatMap((run) =>
    Array.from({ length: run.count }, () => Math.max(from, Math.min(end, meanOf(run)))),
  );
  return starts.map((start, i) => start + i * apart);
}

function meanOf({ sum, count }: { sum: number; count: number }): number {
  return sum / count;
}
