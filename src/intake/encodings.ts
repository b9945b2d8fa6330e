import { commonHan, commonHangul } from "./commonCharacters.ts";

export interface EncodingGuess {
  /** a TextDecoder label: "utf-8", "utf-16le", "utf-16be", "gb18030", "big5", … */
  encoding: string;
  /** bytes of the byte order mark at the start */
  bomLength: number;
  /** 0 to 1: the margin over the next best candidate; 1 where nothing was to be guessed */
  confidence: number;
}

/** Of two that fit alike the first is taken. In a browser iso-8859-1 is windows-1252, and -9 is -1254. */
export const legacyEncodings = [
  "gb18030",
  "big5",
  "shift_jis",
  "euc-jp",
  "euc-kr",
  "windows-1252",
  "iso-8859-15",
  "windows-1250",
  "iso-8859-2",
  "windows-1251",
  "koi8-r",
  "iso-8859-5",
  "windows-1253",
  "iso-8859-7",
  "windows-1254",
  "windows-1257",
] as const;

/**
 * The encoding of some bytes of a file, decided by what each candidate would make of them: a fatal
 * ladder takes the first that decodes, and "Jörg" in windows-1252 decodes as GB18030 too.
 *
 * @param pieces bytes from several places of one file, cut at line ends; the first is its start
 */
export function guessEncoding(pieces: Uint8Array[]): EncodingGuess {
  const head = pieces[0] ?? new Uint8Array();
  const marked = byteOrderMark(head);
  if (marked) return { ...marked, confidence: 1 };
  const wide = wideWithoutMark(head);
  if (wide) return { encoding: wide, bomLength: 0, confidence: 0.9 };
  if (pieces.every((piece) => decodes(piece, "utf-8")))
    return { encoding: "utf-8", bomLength: 0, confidence: 1 };
  const scored = legacyEncodings
    .map((encoding) => ({ encoding, score: scoreEncoding(pieces, encoding) }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (!best || best.score === -Infinity)
    return { encoding: "utf-8", bomLength: 0, confidence: 0.1 };
  const margin = best.score - (second?.score ?? -Infinity);
  return { encoding: best.encoding, bomLength: 0, confidence: Math.min(1, Math.max(0, margin)) };
}

function byteOrderMark(bytes: Uint8Array): { encoding: string; bomLength: number } | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return { encoding: "utf-8", bomLength: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: "utf-16le", bomLength: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: "utf-16be", bomLength: 2 };
  return undefined;
}

/** UTF-16 without a mark: delimiters, digits and line ends leave NULs on one side only. */
function wideWithoutMark(bytes: Uint8Array): string | undefined {
  const n = Math.min(bytes.length & ~1, 8192);
  if (n < 8) return undefined;
  const nul = [0, 0];
  for (let i = 0; i < n; ++i) if (bytes[i] === 0) nul[i & 1]!++;
  const [even, odd] = nul as [number, number];
  const floor = n / 40; // one character in twenty is ASCII in any table
  if (odd > floor && even * 10 < odd) return fits(bytes, n, "utf-16le");
  if (even > floor && odd * 10 < even) return fits(bytes, n, "utf-16be");
  return undefined;
}

function fits(bytes: Uint8Array, n: number, encoding: string): string | undefined {
  return decodes(bytes.subarray(0, n), encoding) ? encoding : undefined;
}

/** Whether the bytes are valid in the encoding; a character cut off at the end does not count. */
function decodes(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Mean plausibility of the non-ASCII characters, about -1 to 1; -Infinity when it does not decode. */
function scoreEncoding(pieces: Uint8Array[], encoding: string): number {
  let sum = 0;
  let weight = 0;
  let letters = "";
  for (const piece of pieces) {
    if (!decodes(piece, encoding)) return -Infinity;
    const text = new TextDecoder(encoding).decode(piece, { stream: true });
    const scored = scoreText(text);
    sum += scored.sum;
    weight += scored.weight;
    letters += text.replace(/[^\u00c0-\u024f]/g, "");
  }
  if (weight === 0) return 0;
  const latin = letters.length / weight;
  return sum / weight - 0.4 * latin * (1 - languageShare(letters.toLowerCase()));
}

/** The letters beyond a to z of one language stand together in no other's file. */
const alphabets = [
  "äöüß", // German
  "éèêëàâçîïôùûüœæÿ", // French
  "áéíóúñü", // Spanish
  "ãõçáéíóúâêôà", // Portuguese
  "àèéìíòóù", // Italian
  "éëïöü", // Dutch
  "æøåé", // Danish, Norwegian
  "åäöé", // Swedish, Finnish
  "þðæöáéíóúý", // Icelandic
  "ąćęłńóśźż", // Polish
  "áčďéěíňóřšťúůýž", // Czech
  "áäčďéíĺľňóôŕšťúýž", // Slovak
  "áéíóöőúüű", // Hungarian
  "ăâîşţ", // Romanian
  "čćđšž", // Croatian, Slovene
  "çğıöşüâ", // Turkish
  "ąčęėįšųūž", // Lithuanian
  "āčēģīķļņšūž", // Latvian
  "äöõüšž", // Estonian
].map((letters) => new Set(letters));

/** The share of the letters that one language has, of the language that has the most. */
function languageShare(letters: string): number {
  if (letters.length === 0) return 1;
  const sample = Array.from(letters.slice(0, 5000));
  const shares = alphabets.map(
    (alphabet) => sample.filter((letter) => alphabet.has(letter)).length / sample.length,
  );
  return Math.max(...shares);
}

/** A character beyond Latin stands for two bytes, so that candidates are compared byte by byte. */
function scoreText(text: string): { sum: number; weight: number } {
  const characters = [...text];
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < characters.length; ++i) {
    const character = characters[i]!;
    const code = character.codePointAt(0)!;
    if (code < 0x80) continue;
    const bytes = isLatinOrSign(code) || isSlavicOrGreek(code) ? 1 : 2;
    sum += bytes * plausibility(character, code, characters[i - 1] ?? "", characters[i + 1] ?? "");
    weight += bytes;
  }
  return { sum, weight };
}

function plausibility(character: string, code: number, before: string, after: string): number {
  if (code === 0xfffd || (code >= 0x80 && code < 0xa0)) return -4;
  if (isLatinOrSign(code)) return latinPlausibility(code, before, after);
  if (isSlavicOrGreek(code)) return alphabetPlausibility(character, before, after);
  if (code >= 0x4e00 && code <= 0x9fff) return commonHan.has(character) ? 1 : -0.1;
  if (code >= 0xac00 && code <= 0xd7a3) return commonHangul.has(character) ? 0.95 : -0.05;
  if (code >= 0x3041 && code <= 0x30ff) return 0.8;
  if (code >= 0xff61 && code <= 0xff9f) return -0.6; // half-width katakana: two of them for one Han
  if ((code >= 0x3000 && code <= 0x303f) || (code >= 0xff01 && code <= 0xff5e)) return 0.7;
  if (code >= 0xe000 && code <= 0xf8ff) return -3;
  return -0.6;
}

/** Cyrillic and Greek as one-byte encodings have them. */
function isSlavicOrGreek(code: number): boolean {
  return (code >= 0x384 && code <= 0x3ce) || (code >= 0x401 && code <= 0x45f);
}

const commonLetters = new Set("оеаинтсрвлкмдпуяыьгзбчйхжшюαοιετσνηυρπκμλςωόάίέ");

/** Words are of one alphabet, and no capital stands behind a small letter. */
function alphabetPlausibility(character: string, before: string, after: string): number {
  const lower = character.toLowerCase();
  const isLower = character === lower;
  const follows = /\p{Ll}/u.test(before) && before > "\u0384";
  if (!isLower && follows) return -0.8;
  const alone = isAscii(before) && isAscii(after);
  if (alone) return /[A-Za-z]/.test(before + after) ? -0.5 : 0.2;
  if (isLower) return commonLetters.has(lower) ? 0.95 : 0.4;
  return commonLetters.has(lower) ? 0.5 : 0.2;
}

function isLatinOrSign(code: number): boolean {
  return code < 0x250 || (code >= 0x2010 && code <= 0x2122);
}

const signs = new Set([..."€£¥–—‘’“”„…•°®©™§«»½¼¢±²³·´¡¿\u00a0"].map((c) => c.codePointAt(0)!));

/** Accented letters stand alone among ASCII ones; multi-byte text read as Latin comes in long runs. */
function latinPlausibility(code: number, before: string, after: string): number {
  const alone = isAscii(before) && isAscii(after);
  if (isAccentedLetter(code)) {
    if (/[A-Za-z]/.test(before) || /[A-Za-z]/.test(after)) return alone ? 0.95 : 0.5;
    if (/\d/.test(before) || /\d/.test(after)) return -0.3;
    if (alone) return 0.3;
    return isAscii(before) || isAscii(after) ? 0 : -0.8;
  }
  if (!signs.has(code)) return -0.8;
  if (alone) return 0.7;
  return /\p{L}/u.test(before) || /\p{L}/u.test(after) ? -0.2 : 0.5;
}

function isAscii(character: string): boolean {
  return character === "" || character.charCodeAt(0) < 0x80;
}

function isAccentedLetter(code: number): boolean {
  return (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7) || code === 0xdf;
}
