/** Numbers from 0 to 1, the same for the same seed (mulberry32, public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;
type Mutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

const text = (words: string) => new TextEncoder().encode(words);
const delimiters = [",", ";", "\t", "|", " ", ":", "^"].map((sign) => sign.charCodeAt(0));

/** What happens to files on their way from a platform through editors, mails and disks. */
export const mutations: Record<string, Mutation> = {
  "flipped bytes": (bytes, random) => {
    const changed = bytes.slice();
    const flips = 1 + Math.floor(random() * 12);
    for (let i = 0; i < flips; ++i) changed[below(bytes.length, random)] = below(256, random);
    return changed;
  },
  "cut off": (bytes, random) => bytes.slice(0, below(bytes.length, random)),
  "cut at the start": (bytes, random) => bytes.slice(below(bytes.length, random)),
  "a line twice": (bytes, random) =>
    onLines(bytes, (lines, at) => lines.splice(at, 0, lines[at]!), random),
  "a line less": (bytes, random) => onLines(bytes, (lines, at) => lines.splice(at, 1), random),
  "lines in another order": (bytes, random) =>
    onLines(bytes, (lines, at) => lines.push(...lines.splice(at, 1 + below(4, random))), random),
  "blank lines": (bytes, random) =>
    onLines(
      bytes,
      (lines, at) => lines.splice(at, 0, text("\n"), text(" \n"), text(",,,\n")),
      random,
    ),
  "a note among the rows": (bytes, random) =>
    onLines(bytes, (lines, at) => lines.splice(at, 0, text("Total: see below\n")), random),
  quotes: (bytes, random) =>
    insert(bytes, text(['"', '""', '",', '\n"', "'"][below(5, random)]!), random),
  "another delimiter": (bytes, random) => {
    const from = delimiters[below(4, random)]!;
    const to = delimiters[below(delimiters.length, random)]!;
    return bytes.map((byte) => (byte === from ? to : byte));
  },
  "another delimiter in one line": (bytes, random) => {
    const to = delimiters[below(4, random)]!;
    const swap = (line: Uint8Array) => line.map((byte) => (delimiters.includes(byte) ? to : byte));
    return onLines(bytes, (lines, at) => lines.splice(at, 1, swap(lines[at]!)), random);
  },
  NULs: (bytes, random) => insert(bytes, new Uint8Array(1 + below(40, random)), random),
  "a huge cell": (bytes, random) => {
    const length = random() < 0.02 ? 3_000_000 : 50_000;
    return insert(bytes, new Uint8Array(length).fill(97 + below(3, random)), random);
  },
  "other line ends": (bytes, random) => {
    const end = text(["\r", "\r\n", "\n\r", "\u2028"][below(4, random)]!);
    const isSome = random() < 0.5;
    return concat(
      [...bytes].map((byte) =>
        byte === 10 && (!isSome || random() < 0.3) ? end : Uint8Array.of(byte),
      ),
    );
  },
  "two encodings": (bytes, random) => {
    const at = below(bytes.length, random);
    const rest = new TextDecoder().decode(bytes.subarray(at));
    const again = random() < 0.5 ? Buffer.from(rest, "utf16le") : Buffer.from(rest, "latin1");
    return concat([bytes.subarray(0, at), again]);
  },
  "two files in one": (bytes, _, other) => concat([bytes, other]),
  "half of each of two files": (bytes, random, other) =>
    concat([
      bytes.subarray(0, below(bytes.length, random)),
      other.subarray(below(other.length, random)),
    ]),
  "signs of all scripts": (bytes, random) =>
    insert(
      bytes,
      text(
        ["\u0000", "\uFEFF", "\u202E", "é", "订单", "😀", "\u00A0", "＝", "=1+1", "\\"][
          below(10, random)
        ]!,
      ),
      random,
    ),
  "only chance": (_, random) =>
    Uint8Array.from({ length: below(4000, random) }, () => below(256, random)),
};

const names = Object.keys(mutations);

/** A file spoilt in one to three ways that the seed chooses, and which they were. */
export function mutateFile(
  files: Uint8Array[],
  seed: number,
): { bytes: Uint8Array; ways: string[] } {
  const random = randomFrom(seed);
  let bytes = files[below(files.length, random)]!;
  const ways: string[] = [];
  for (let left = 1 + below(3, random); left > 0; --left) {
    const way = names[below(names.length, random)]!;
    bytes = mutations[way]!(bytes, random, files[below(files.length, random)]!);
    ways.push(way);
  }
  return { bytes, ways };
}

function below(length: number, random: Random): number {
  return Math.floor(random() * length);
}

function insert(bytes: Uint8Array, piece: Uint8Array, random: Random): Uint8Array {
  const at = below(bytes.length + 1, random);
  return concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
}

function onLines(
  bytes: Uint8Array,
  change: (lines: Uint8Array[], at: number) => unknown,
  random: Random,
): Uint8Array {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(10, start);
    lines.push(bytes.subarray(start, end < 0 ? bytes.length : end + 1));
    start = end < 0 ? bytes.length : end + 1;
  }
  if (lines.length > 0) change(lines, below(lines.length, random));
  return concat(lines);
}

function concat(pieces: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}
