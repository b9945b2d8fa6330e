/** By what something is found. */
export interface Sought {
  title: string;
  /** its names elsewhere: other languages, an id */
  aliases?: readonly string[];
  /** what else is said of it */
  note?: string;
}

interface Prepared<T> {
  one: T;
  title: string;
  aliases: string[];
  note: string;
  bonus: number;
}

interface FindOptions<T> {
  /** points that lift one above its like, or lower it; a better kind of match is worth 20 or more */
  bonus?: (one: T) => number;
}

/** Points for the place at which a word stands in a text. */
const points = { start: 100, word: 80, inside: 60, inOrder: 35 };
const aliasShare = 0.85;
const noteShare = 0.4;

/**
 * Finds by words, the best first: every word must stand in the title, in another name or in the note, at the
 * beginning of it, at that of a word of it, inside, or (of a name) with its letters in order. Chinese is told apart
 * character by character, and by the first letters of its pinyin. Without a word all are found as they come.
 */
export function finderOf<T>(
  all: readonly T[],
  toSought: (one: T) => Sought,
  { bonus = () => 0 }: FindOptions<T> = {},
): (wanted: string) => T[] {
  const prepared = all.map((one): Prepared<T> => {
    const { title, aliases = [], note = "" } = toSought(one);
    const names = [title, ...aliases];
    return {
      one,
      title: plain(title),
      aliases: [...aliases.map(plain), ...names.filter(hasHan).map(pinyinInitials)],
      note: plain(note),
      bonus: bonus(one),
    };
  });
  return (wanted) => {
    const words = plain(wanted).match(/\p{Script=Han}+|[^\s\p{Script=Han}]+/gu);
    if (!words) return [...all];
    return prepared
      .map((one) => ({ one, score: scoreOf(one, words) }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score || a.one.title.length - b.one.title.length)
      .map(({ one }) => one.one);
  };
}

/** The mean over the words, 0 where one stands nowhere. */
function scoreOf<T>(one: Prepared<T>, words: readonly string[]): number {
  let sum = 0;
  for (const word of words) {
    const best = Math.max(
      fit(one.title, word),
      ...one.aliases.map((alias) => aliasShare * fit(alias, word)),
      noteShare * fitInside(one.note, word),
    );
    if (best === 0) return 0;
    sum += best;
  }
  return Math.max(1, sum / words.length + one.bonus);
}

function fit(name: string, word: string): number {
  return fitInside(name, word) || (isInOrder(name, word) ? points.inOrder : 0);
}

function fitInside(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  if (at === 0) return points.start;
  return wordStarts(text).some((start) => text.startsWith(word, start))
    ? points.word
    : points.inside;
}

/** Whether the letters stand in order, the first at the beginning of a word; of one letter nobody can tell. */
function isInOrder(name: string, word: string): boolean {
  if (word.length < 2) return false;
  return wordStarts(name).some((start) => {
    if (name[start] !== word[0]) return false;
    let at = start;
    for (const letter of word.slice(1)) {
      at = name.indexOf(letter, at + 1);
      if (at < 0) return false;
    }
    return true;
  });
}

/** Where words begin; each Chinese character is one. */
function wordStarts(text: string): number[] {
  return [
    ...text.matchAll(/\p{Script=Han}|[\p{L}\p{N}]+?(?=[^\p{L}\p{N}]|\p{Script=Han}|$)/gu),
  ].map(({ index }) => index);
}

/** Without what makes no difference to a reader: case, width and accents. */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

function hasHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** The first character of each initial in the order of pinyin; there are no i, u and v. */
const initials = [..."阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨它穵夕丫帀"];
const letters = "abcdefghjklmnopqrstwxyz";
const collator = new Intl.Collator("zh-Hans-CN-u-co-pinyin");

/** `同期群留存` is `tqqlc`; what is not Chinese stays. A browser without the order of pinyin gives no sense, and no harm. */
export function pinyinInitials(text: string): string {
  return [...plain(text)]
    .map((char) => {
      if (!hasHan(char)) return char;
      const at = initials.findLastIndex((first) => collator.compare(first, char) <= 0);
      return letters[at] ?? char;
    })
    .join("");
}
