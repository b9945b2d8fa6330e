import { strToU8, zipSync } from "fflate";
import fc from "fast-check";
import { expect, it } from "vitest";
import { IntakeError } from "../../src/intake/intakeError.ts";
import { isEncryptedWorkbook } from "../../src/intake/isEncryptedWorkbook.ts";
import { unpackArchive } from "../../src/intake/unpackArchive.ts";
import { makeWorkbook, number } from "./makeWorkbook.ts";

const csv = strToU8("order_id,amount\n1,2.00\n".repeat(40));
const rows = [
  ["id", "day", "total"],
  ["007", number("45296.5", 1), number("1.5")],
];
const book = new Uint8Array(
  await makeWorkbook({ sheets: { S: rows, T: rows }, styles: [0, 22] }).arrayBuffer(),
);
const archives = [
  zipSync({ "a.csv": [csv, { level: 0 }], "b/c.csv": csv, "book.xlsx": book }),
  book,
];

/** What becomes of a file: its members and their errors, or the error of the whole. */
async function unpacked(bytes: Uint8Array): Promise<string[]> {
  const file = new Blob([bytes as Uint8Array<ArrayBuffer>]);
  try {
    await isEncryptedWorkbook(file);
    return (await unpackArchive(file, "x")).map(({ name, error }) => `${name} ${error?.code}`);
  } catch (error) {
    if (error instanceof IntakeError) return [error.code];
    throw error;
  }
}

const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), to: fc.nat(255) });
const damage = fc.record({
  archive: fc.constantFrom(...archives),
  changes: fc.array(change, { minLength: 1, maxLength: 8 }),
  cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
});

it("gives members or a named refusal, whatever bytes of an archive are wrong", async () => {
  await fc.assert(
    fc.asyncProperty(damage, async ({ archive, changes, cut }) => {
      const bytes = archive.slice(0, cut === null ? undefined : Math.ceil(cut * archive.length));
      for (const { at, to } of changes) bytes[Math.floor(at * bytes.length)] = to;
      expect((await unpacked(bytes)).length).toBeGreaterThan(0);
    }),
    { numRuns: 1500 },
  );
}, 60_000);

it("gives sheets or a named refusal, whatever the parts of a workbook say", async () => {
  const part = fc.constantFrom(
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "xl/worksheets/sheet1.xml",
  );
  const pieces = fc.constantFrom(
    ..."<c <row <sheetData <v> </v> </c> </row> </sheetData> </worksheet> <worksheet> r='A1' r='ZZZZ9' r='-1' t='s' t='d' s='9' 99 -1 1e999 &#0; &#x110000; &amp; <![CDATA[ ]]> <!-- --> <? ?> > /> ' \" Target='//' Target='http://[' Type='a/officeDocument' Type='a/worksheet' Id='rId1' <Relationship <sheet name='' <si> <t> </t> </si> <numFmt numFmtId='x' formatCode='[' <xf".split(
      " ",
    ),
  );
  await fc.assert(
    fc.asyncProperty(part, fc.array(pieces, { maxLength: 25 }), async (path, xml) => {
      const damaged = makeWorkbook({ sheets: { S: rows }, parts: { [path]: xml.join(" ") } });
      expect((await unpacked(new Uint8Array(await damaged.arrayBuffer()))).length).toBe(1);
    }),
    { numRuns: 1000 },
  );
}, 60_000);
