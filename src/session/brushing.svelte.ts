import { toFilter } from "../notebook/filter.ts";
import type { Filter } from "../notebook/filter.ts";
import type { Cell } from "../notebook/notebook.ts";
import type { Outcome } from "./outcome.ts";

/** Days that are chosen along an axis of a chart; ISO, both ends included. */
export type BrushDays = Pick<Filter, "firstFrom" | "firstUntil" | "until">;

/** A range on a chart of one cell. */
export interface Brush {
  cellId: string;
  days: BrushDays;
}

type Done = Extract<Outcome, { state: "done" }>;

/** What brushing needs of the session. */
export interface BrushHost {
  filter(): Filter | undefined;
  setFilter(filter: Filter | undefined): void;
  /** cells whose figures can follow a moving range, of those with these ids */
  followers(ids: readonly string[]): readonly Cell[];
  /** a figure for a filter; undefined where it would take longer than a movement */
  follow(cell: Cell, filter: Filter | undefined): Promise<Done | undefined>;
  /** what decides a cell's result, but for the data */
  signature(cell: Cell, filter: Filter | undefined): string;
  /** another object for other data */
  data(): object;
}

/** What a figure was computed from. */
interface Source {
  signature: string;
  data: object;
}

interface Followed extends Source {
  outcome: Done;
}

/**
 * A range that is drawn along an axis: while it moves, the figures in sight follow it; where it ends it
 * narrows the notebook, all but the cell that it was drawn on, which shows it.
 */
export class Brushing {
  #moving = $state.raw<Brush | undefined>();
  #set = $state.raw<Brush | undefined>();
  #followed = $state.raw<ReadonlyMap<string, Followed>>(new Map());
  readonly #host: BrushHost;
  readonly #prepared = new Map<string, Source>();
  #isFollowing = false;

  constructor(host: BrushHost) {
    this.#host = host;
  }

  /** The range on the chart of a cell: one that moves, or one that narrows the notebook. */
  daysOn(cellId: string): BrushDays | undefined {
    return [this.#moving, this.#narrowing()].find((brush) => brush?.cellId === cellId)?.days;
  }

  /** The filter of a cell: the range leaves whole what it was drawn on. */
  filterOn(cellId: string): Filter | undefined {
    const brush = this.#narrowing();
    return brush?.cellId === cellId ? this.#without(brush) : this.#host.filter();
  }

  /** The figure of a cell that follows the range; undefined where its own is to be shown. */
  followed(cell: Cell): Done | undefined {
    const followed = this.#followed.get(cell.id);
    if (followed?.data !== this.#host.data()) return undefined;
    const isOfNow = () =>
      followed?.signature === this.#host.signature(cell, this.filterOn(cell.id));
    return this.#moving || isOfNow() ? followed?.outcome : undefined;
  }

  /** A range may be about to be drawn: what is slow the first time is done before it moves. */
  prepare(cellId: string, inSight: readonly string[]): void {
    const others = inSight.filter((id) => id !== cellId);
    const filter = this.#host.filter();
    for (const cell of this.#host.followers(others)) {
      const source = { signature: this.#host.signature(cell, filter), data: this.#host.data() };
      const before = this.#prepared.get(cell.id);
      if (before?.signature === source.signature && before.data === source.data) continue;
      this.#prepared.set(cell.id, source);
      void this.#host.follow(cell, filter).catch(() => this.#prepared.delete(cell.id));
    }
  }

  /** A range is being drawn on the chart of a cell; figures in sight follow it, the document does not. */
  move(cellId: string, days: BrushDays, inSight: readonly string[]): void {
    this.#moving = { cellId, days };
    if (!this.#isFollowing) void this.#follow(inSight);
  }

  /** The range that was drawn narrows the notebook, in one step. */
  end(cellId: string, days: BrushDays): void {
    this.#moving = undefined;
    this.#set = { cellId, days };
    this.#host.setFilter(narrowed(this.#host.filter(), days));
  }

  /** The range that moved is given up. */
  cancel(): void {
    this.#moving = undefined;
    this.#followed = new Map();
  }

  /** There is to be no range any more. */
  clear(): void {
    const brush = this.#narrowing();
    const filter = brush && this.#without(brush);
    this.release();
    if (brush) this.#host.setFilter(filter);
  }

  /** What the range was drawn on is narrowed like the rest. */
  release(): void {
    this.cancel();
    this.#set = undefined;
  }

  /** The range that was drawn, while it is part of the filter. */
  #narrowing(): Brush | undefined {
    const filter = this.#host.filter();
    const days = Object.entries(this.#set?.days ?? {});
    const isPart = days.every(([name, day]) => filter?.[name as keyof BrushDays] === day);
    return days.length > 0 && isPart ? this.#set : undefined;
  }

  #without({ days }: Brush): Filter | undefined {
    const gone = Object.keys(days).map((name) => [name, undefined]);
    return narrowed(this.#host.filter(), Object.fromEntries(gone));
  }

  /** One round after the other, each for the range as it is when the round begins. */
  async #follow(inSight: readonly string[]): Promise<void> {
    this.#isFollowing = true;
    for (let last: Brush | undefined; this.#moving && this.#moving !== last;) {
      last = this.#moving;
      const filter = narrowed(this.#host.filter(), last.days);
      const others = inSight.filter((id) => id !== last!.cellId);
      // while one is drawn the engine computes the next
      const followers = this.#host.followers(others);
      await Promise.all(followers.map((cell) => this.#followOne(cell, filter)));
    }
    this.#isFollowing = false;
  }

  async #followOne(cell: Cell, filter: Filter | undefined): Promise<void> {
    const data = this.#host.data();
    const signature = this.#host.signature(cell, filter);
    // what cannot follow says so when the range has come to its end
    const outcome = await this.#host.follow(cell, filter).catch(() => undefined);
    if (!outcome || !(this.#moving ?? this.#set)) return;
    this.#followed = new Map(this.#followed).set(cell.id, { outcome, signature, data });
  }
}

function narrowed(filter: Filter | undefined, days: BrushDays): Filter | undefined {
  return toFilter({ segments: {}, ...filter, ...days });
}
