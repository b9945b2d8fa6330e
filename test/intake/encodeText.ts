/**
 * A text in another encoding; multi-byte ones by the table that the decoder has.
 *
 * @throws RangeError for a character that the encoding has not
 */
export function encodeText(text: string, encoding: string): Uint8Array {
  if (encoding === "utf-8") return Buffer.from(text, "utf8");
  if (encoding === "utf-16le") return Buffer.from(text, "utf16le");
  if (encoding === "utf-16be") return Buffer.from(text, "utf16le").swap16();
  const codes = codesOf(encoding);
  const bytes = [...text].flatMap((letter) => {
    const code = letter < "\x80" ? [letter.charCodeAt(0)] : codes.get(letter);
    if (!code) throw new RangeError(`${letter} is not in ${encoding}`);
    return code;
  });
  return Uint8Array.from(bytes);
}

const multiByte = ["gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"];
const known = new Map<string, Map<string, number[]>>();

function codesOf(encoding: string): Map<string, number[]> {
  const before = known.get(encoding);
  if (before) return before;
  const decoder = new TextDecoder(encoding);
  const codes = new Map<string, number[]>();
  const note = (code: number[]) => {
    const letter = decoder.decode(Uint8Array.from(code));
    if (letter.length === 1 && letter !== "\uFFFD" && !codes.has(letter)) codes.set(letter, code);
  };
  for (let lead = 0x80; lead <= 0xff; ++lead) note([lead]);
  if (multiByte.includes(encoding))
    for (let lead = 0x81; lead <= 0xfe; ++lead)
      for (let trail = 0x40; trail <= 0xfe; ++trail) note([lead, trail]);
  known.set(encoding, codes);
  return codes;
}
