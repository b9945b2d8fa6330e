import { describe, expect, it } from "vitest";
import type { IntakeError } from "../../src/intake/intakeError.ts";
import { unpackArchive } from "../../src/intake/unpackArchive.ts";

const head = `<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">`;

const sheet = (name: string, rows: string) =>
  `<Worksheet ss:Name="${name}"><Table>${rows}</Table></Worksheet>`;

const read = (text: string) => unpackArchive(new Blob([text]), "orders.xls");

const orders = `<Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">Shop &amp; Co</Data></Cell><Cell><Data ss:Type="String">x</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">id</Data></Cell><Cell><Data ss:Type="String">day</Data></Cell><Cell><Data ss:Type="String">total</Data></Cell><Cell ss:Index="5"><Data ss:Type="String">paid</Data></Cell></Row>
<Row ss:Index="5"><Cell><Data ss:Type="String">00123</Data></Cell><Cell><Data ss:Type="DateTime">2024-03-31T02:30:00.000</Data></Cell><Cell><Data ss:Type="Number">1.25E-3</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
<Row><Cell ss:Index="2"><Data ss:Type="DateTime">1899-12-31T18:05:00.000</Data></Cell><Cell/></Row>`;

describe("a workbook of Excel 2003 in XML", () => {
  it("is read like any other", async () => {
    const [only, ...others] = await read(
      `${head}${sheet("S", orders)}${sheet("E", "")}</Workbook>`,
    );
    expect([only?.name, others]).toEqual(["orders.xls", []]);
    expect(await only!.file.text()).toBe(
      "\nShop & Co,,x\nid,day,total,,paid\n\n00123,2024-03-31 02:30:00,0.00125,,TRUE\n,18:05:00,,,\n",
    );
  });

  it("gives one table a sheet", async () => {
    const sheets = await read(`${head}${sheet("一月", orders)}${sheet("B", orders)}</Workbook>`);
    expect(sheets.map(({ name }) => name)).toEqual(["orders.xls/一月", "orders.xls/B"]);
  });

  it.each([
    ["is cut off", `${head}${sheet("S", orders)}`, "broken-workbook"],
    ["runs backwards", `${head}${sheet("S", '<Row ss:Index="0"/>')}</Workbook>`, "broken-workbook"],
    ["holds nothing", `${head}${sheet("S", "")}</Workbook>`, "empty-archive"],
  ])("is refused where it %s", async (_, text, code) => {
    const refusal = read(text).catch((error: unknown) => (error as IntakeError).code);
    expect(await refusal).toBe(code);
  });
});
