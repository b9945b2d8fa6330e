import type { Corrections } from "../intake/plan.ts";
import type { Role } from "../intake/report.ts";
import { fileKinds, roles } from "../intake/report.ts";
import type { Answers } from "./source.ts";

/** What the reader said of files of one shape. */
export interface Remembered {
  /** by question, without the name of a file */
  answers: Answers;
  corrections: Corrections;
}

type Store = Pick<Storage, "getItem" | "setItem">;
type Shapes = [shape: string, remembered: Remembered][];

const key = "perennial.shapes";
const mostShapes = 50;

/**
 * Answers and corrections by the shape of a file, the latest first, in the browser's own storage:
 * no value of a file is among them. A browser that refuses storage keeps them until the tab closes.
 */
export class ShapeMemory {
  readonly #store: () => Store;
  /** of this tab, where nothing can be stored */
  #own: Shapes = [];
  #isRefused: boolean;

  /** @param store asked for at each use: a browser may throw where storage is off; null for the tab alone */
  constructor(store: (() => Store) | null = () => globalThis.localStorage) {
    this.#isRefused = store === null;
    this.#store = store ?? (() => globalThis.localStorage);
  }

  recall(shape: string): Remembered | undefined {
    return this.#shapes().find(([known]) => known === shape)?.[1];
  }

  /** Adds answers to what is known of a shape, and puts corrections in the place of earlier ones. */
  keep(shape: string, { answers = {}, corrections }: Partial<Remembered>): void {
    const before = this.recall(shape) ?? { answers: {}, corrections: {} };
    const kept: Remembered = {
      answers: { ...before.answers, ...answers },
      corrections: corrections ?? before.corrections,
    };
    const others = this.#shapes().filter(([known]) => known !== shape);
    const isEmpty = [kept.answers, kept.corrections].every(
      (part) => Object.keys(part).length === 0,
    );
    this.#write(isEmpty ? others : [[shape, kept], ...others]);
  }

  forget(shape: string): void {
    this.#write(this.#shapes().filter(([known]) => known !== shape));
  }

  #shapes(): Shapes {
    if (this.#isRefused) return this.#own;
    try {
      return toShapes(this.#store().getItem(key));
    } catch {
      return this.#own;
    }
  }

  #write(shapes: Shapes): void {
    this.#own = shapes.slice(0, mostShapes);
    if (this.#isRefused) return;
    try {
      this.#store().setItem(key, JSON.stringify(this.#own));
    } catch {
      this.#isRefused = true;
    }
  }
}

/** What was stored may be of another version, or of another hand: only what fits is taken. */
function toShapes(stored: string | null): Shapes {
  const list = parse(stored ?? "[]");
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown): Shapes => {
    if (!Array.isArray(entry) || typeof entry[0] !== "string" || !isRecord(entry[1])) return [];
    const { answers, corrections } = entry[1];
    return [[entry[0], { answers: toTexts(answers), corrections: toCorrections(corrections) }]];
  });
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

export function toTexts(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  const texts = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(texts);
}

export function toCorrections(value: unknown): Corrections {
  if (!isRecord(value)) return {};
  const { kind, encoding, delimiter, headerRow, mapping } = value;
  const corrections: Corrections = {};
  const told = fileKinds.find((known) => known === kind);
  if (told) corrections.kind = told;
  if (typeof encoding === "string") corrections.encoding = encoding;
  if (typeof delimiter === "string")
    corrections.delimiter = delimiter as NonNullable<Corrections["delimiter"]>;
  if (typeof headerRow === "number") corrections.headerRow = headerRow;
  if (isRecord(mapping)) corrections.mapping = toMapping(mapping);
  return corrections;
}

function toMapping(value: Record<string, unknown>): NonNullable<Corrections["mapping"]> {
  const isColumn = (column: unknown) =>
    column === null ||
    typeof column === "string" ||
    (Array.isArray(column) && column.every((name) => typeof name === "string"));
  return Object.fromEntries(
    Object.entries(value).filter(
      ([role, column]) => roles.includes(role as Role) && isColumn(column),
    ),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
