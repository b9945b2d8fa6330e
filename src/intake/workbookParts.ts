import { inflateMember } from "./inflateMember.ts";
import type { InflateBudget } from "./inflateMember.ts";
import { IntakeError } from "./intakeError.ts";
import { numberFormatKind } from "./numberFormatKind.ts";
import type { FormatKind } from "./numberFormatKind.ts";
import { attributeOf, XmlReader } from "./xmlReader.ts";
import type { XmlHandler } from "./xmlReader.ts";
import type { ZipMember } from "./zipDirectory.ts";

/** An archive with its directory, and what it may still inflate to. */
export interface OpenZip {
  file: Blob;
  members: ZipMember[];
  budget: InflateBudget;
}

/** What the sheets of a workbook have in common. */
export interface WorkbookParts {
  /** sheets in the workbook's order, those of charts and macros left out */
  sheets: { name: string; member: ZipMember | undefined }[];
  /** the shared texts, by position */
  texts: string[];
  /** what a cell's style makes of a number, by position */
  styles: FormatKind[];
  is1904: boolean;
}

const textsLimit = 1024 ** 3; // bytes; they are held in memory while the sheets are read

/** Whether the archive is an Office document of any kind; case and slashes of its names vary. */
export function isOfficePackage(members: ZipMember[]): boolean {
  return memberAt(members, "[Content_Types].xml") !== undefined;
}

/**
 * Reads everything of a workbook but its sheets.
 *
 * @throws IntakeError "document" when the package is none of sheets (a text, slides, or .xlsb);
 *   "broken-workbook" when a part is missing or cut off; as `inflateMember`
 */
export async function readWorkbookParts(zip: OpenZip): Promise<WorkbookParts> {
  const roots = await readRelations(zip, "");
  const main = roots.find(({ type }) => type.endsWith("/officeDocument"))?.target;
  const path = main ?? "xl/workbook.xml";
  const format = /\.(\w+)$/.exec(path)?.[1] ?? "";
  if (format === "bin") throw new IntakeError("document", { format: "xlsb" });
  const book = await readBook(zip, path);
  const relations = await readRelations(zip, path);
  const targetOf = (ending: string) =>
    relations.find(({ type }) => type.endsWith(`/${ending}`))?.target;
  const sheets = book.sheets.flatMap(({ name, relation }) => {
    const found = relations.find(({ id }) => id === relation);
    if (found && !found.type.endsWith("/worksheet")) return [];
    return [{ name, member: memberAt(zip.members, found?.target ?? "") }];
  });
  return {
    sheets,
    texts: await readTexts(zip, targetOf("sharedStrings")),
    styles: await readStyles(zip, targetOf("styles")),
    is1904: book.is1904,
  };
}

/** Pushes a part of a workbook through a handler. @throws as `inflateMember`, and "broken-workbook" */
export async function readPart(
  { file, budget }: OpenZip,
  member: ZipMember,
  handler: XmlHandler,
): Promise<void> {
  const reader = new XmlReader(handler);
  let decoder: TextDecoder | undefined;
  for await (const bytes of inflateMember(file, member, budget)) {
    decoder ??= new TextDecoder(encodingOf(bytes));
    reader.push(decoder.decode(bytes, { stream: true }));
  }
  reader.push(decoder?.decode() ?? "");
  reader.end();
}

/** `_x000D_` is how the format writes a character that XML has no place for. */
export function decodeEscapes(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
}

function memberAt(members: ZipMember[], path: string): ZipMember | undefined {
  const wanted = path.toLowerCase();
  return wanted === "" ? undefined : members.find((member) => member.path.toLowerCase() === wanted);
}

interface Relation {
  id: string;
  type: string;
  target: string;
}

/** What a part refers to, with targets as paths of the archive. @param path of the part; "" for the package */
async function readRelations(zip: OpenZip, path: string): Promise<Relation[]> {
  const cut = path.lastIndexOf("/") + 1;
  const folder = path.slice(0, cut);
  const member = memberAt(zip.members, `${folder}_rels/${path.slice(cut)}.rels`);
  const relations: Relation[] = [];
  if (!member) return relations;
  await readPart(zip, member, {
    open: (name, attributes) => {
      if (name !== "Relationship" || attributeOf(attributes, "TargetMode") === "External") return;
      relations.push({
        id: attributeOf(attributes, "Id") ?? "",
        type: attributeOf(attributes, "Type") ?? "",
        target: targetPath(folder, attributeOf(attributes, "Target") ?? ""),
      });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return relations;
}

/** A target stands from the folder of its part, or after "/" from the archive's root. */
function targetPath(folder: string, target: string): string {
  const path: string[] = [];
  const whole = /^[\\/]/.test(target) ? target : folder + target;
  for (const part of whole.split(/[\\/]/)) {
    if (part === "..") path.pop();
    else if (part !== "" && part !== ".") path.push(part);
  }
  return decodePath(path.join("/"));
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function readBook(
  zip: OpenZip,
  path: string,
): Promise<{ sheets: { name: string; relation: string }[]; is1904: boolean }> {
  const member = memberAt(zip.members, path);
  const sheets: { name: string; relation: string }[] = [];
  if (!member) {
    if (/^(word|ppt|visio)\//.test(path)) throw new IntakeError("document", { format: path });
    throw new IntakeError("broken-workbook", { part: path });
  }
  let root = "";
  let is1904 = false;
  await readPart(zip, member, {
    open: (name, attributes) => {
      root ||= name;
      if (name === "sheet")
        sheets.push({
          name: decodeEscapes(attributeOf(attributes, "name") ?? ""),
          relation: attributeOf(attributes, "id") ?? "",
        });
      if (name === "workbookPr")
        is1904 = /^(1|true|on)$/i.test(attributeOf(attributes, "date1904") ?? "");
    },
    close: () => undefined,
    text: () => undefined,
  });
  if (root !== "workbook") throw new IntakeError("document", { format: root });
  return { sheets, is1904 };
}

/** The shared texts; of a rich text its runs together, without the reading beside Japanese ones. */
async function readTexts(zip: OpenZip, path: string | undefined): Promise<string[]> {
  const texts: string[] = [];
  const member = memberAt(zip.members, path ?? "xl/sharedStrings.xml");
  if (!member) return texts;
  if (member.bytes > textsLimit) throw new IntakeError("inflates-too-far", { bytes: member.bytes });
  let text = "";
  let inText = false;
  let inReading = false;
  await readPart(zip, member, {
    open: (name) => {
      if (name === "si") text = "";
      else if (name === "rPh") inReading = true;
      else if (name === "t") inText = !inReading;
    },
    close: (name) => {
      if (name === "si") texts.push(decodeEscapes(text));
      else if (name === "rPh") inReading = false;
      else if (name === "t") inText = false;
    },
    text: (run) => {
      if (inText) text += run;
    },
  });
  return texts;
}

async function readStyles(zip: OpenZip, path: string | undefined): Promise<FormatKind[]> {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  const member = memberAt(zip.members, path ?? "xl/styles.xml");
  if (!member) return [];
  let inCells = false;
  await readPart(zip, member, {
    open: (name, attributes) => {
      const idOf = () => Number(attributeOf(attributes, "numFmtId") ?? 0);
      if (name === "cellXfs") inCells = true;
      else if (name === "numFmt") codes.set(idOf(), attributeOf(attributes, "formatCode") ?? "");
      else if (name === "xf" && inCells) ids.push(idOf());
    },
    close: (name) => {
      if (name === "cellXfs") inCells = false;
    },
    text: () => undefined,
  });
  return ids.map((id) => numberFormatKind(id, codes.get(id)));
}
