import { IntakeError } from "./intakeError.ts";
import type { IntakeErrorCode } from "./intakeError.ts";

const signatures: [IntakeErrorCode, number[], string][] = [
  ["xls", [0xd0, 0xcf, 0x11, 0xe0], "xls"],
  ["pdf", [0x25, 0x50, 0x44, 0x46], "pdf"],
  ["image", [0x89, 0x50, 0x4e, 0x47], "png"],
  ["image", [0xff, 0xd8, 0xff], "jpeg"],
  ["image", [0x47, 0x49, 0x46, 0x38], "gif"],
  ["image", [0x42, 0x4d], "bmp"],
  ["image", [0x52, 0x49, 0x46, 0x46], "riff"],
  ["parquet", [0x50, 0x41, 0x52, 0x31], "parquet"],
  ["binary", [0x7f, 0x45, 0x4c, 0x46], "elf"],
  ["binary", [0x37, 0x7a, 0xbc, 0xaf], "7z"],
  ["binary", [0x52, 0x61, 0x72, 0x21], "rar"],
  ["binary", [0x28, 0xb5, 0x2f, 0xfd], "zstd"],
  ["binary", [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], "sqlite"],
];

/**
 * Throws for bytes that are no text: an archive, a workbook, a picture, a program.
 *
 * @param bytes the start of the file, after gzip
 */
export function refuseBytes(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new IntakeError("empty");
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06]))
    throw new IntakeError(isWorkbook(bytes) ? "xlsx" : "zip", { format: "zip" });
  for (const [code, magic, format] of signatures) {
    if (!startsWith(bytes, magic)) continue;
    if ((format === "bmp" || format === "riff") && !hasControls(bytes)) continue;
    throw new IntakeError(code, { format });
  }
}

/** Throws for text that is no table: a web page, JSON, or bytes that only look like text. */
export function refuseText(text: string): void {
  const start = text.slice(0, 4096).trimStart();
  if (start === "") {
    if (text.trim() === "") throw new IntakeError("empty");
    return;
  }
  if (/^<(!doctype html|html|head|body|table|\?xml|script|div|meta)\b/i.test(start))
    throw new IntakeError("html");
  if (/^[[{]\s*["{[\]}]/.test(start)) throw new IntakeError("json");
  const sample = text.slice(0, 65_536);
  // eslint-disable-next-line no-control-regex -- control characters are what tells binary from text; U+0001 and U+001F stand between columns
  const controls = sample.match(/[\u0002-\u0008\u000e-\u001a\u001c-\u001e\ufffd]/g)?.length ?? 0;
  if (controls > 8 && controls > sample.length / 50) throw new IntakeError("binary");
}

function startsWith(bytes: Uint8Array, magic: number[]): boolean {
  return bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte);
}

/** Excel writes [Content_Types].xml or an xl/ folder first; a cut-off workbook shows its flags only. */
function isWorkbook(bytes: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, 65_536));
  return (
    /\[Content_Types\]\.xml|xl\/|_rels\//.test(text) || startsWith(bytes.subarray(4), [0x14, 0, 6])
  );
}

function hasControls(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 512).some((byte) => byte < 9);
}
