import fc from "fast-check";
import Papa from "papaparse";
import { expect, it } from "vitest";
import { inspectFile } from "../../src/intake/inspectFile.ts";
import { unpackArchive } from "../../src/intake/unpackArchive.ts";

async function csvOf(page: string | Uint8Array): Promise<string | undefined> {
  const file = new Blob([page as string]);
  const [read] = await unpackArchive(file, "orders.xls");
  return read!.file === file ? undefined : read!.file.text();
}

const excel = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><title>Orders</title>
<style>td { color: red } </style>
<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:Name>Sheet1</x:Name></x:ExcelWorkbook></xml><![endif]-->
</head><body>
<table border="1"><thead><tr><th>订单号</th><th>买家</th><th>下单时间</th><th>金额</th></tr></thead>
<tbody>
<tr><td style="mso-number-format:'\\@'">00012345678901234567</td><td>Z&eacute;phyr &amp; Fils,<br>Lyon</td><td>2024-01-05 10:00:00</td><td align=right>&yen;12.50</td></tr>
<tr><TD>2<TD><b>ann&nbsp;lee</b><TD>2024-01-06
   11:00:00<TD>
</tbody></table>
</body></html>`;

it("reads what shops write for Excel", async () => {
  expect(await csvOf(excel)).toBe(
    '订单号,买家,下单时间,金额\n00012345678901234567,"Zéphyr & Fils,\nLyon",2024-01-05 10:00:00,¥12.50\n2,ann lee,2024-01-06 11:00:00,\n',
  );
});

it("keeps cells under their headers where others span columns and rows", async () => {
  const table = `<table><tr><td colspan=3>Shop A</td></tr>
    <tr><th rowspan="2">id</th><th colspan='2'>money</th></tr><tr><th>net</th><th>tax</th></tr>
    <tr><td>1</td><td>2</td><td>3</td></tr></table>`;
  expect(await csvOf(table)).toBe("Shop A,,\nid,money,\n,net,tax\n1,2,3\n");
});

it.each([
  ["gb2312", [0xb6, 0xa9, 0xb5, 0xa5], "订单"],
  ["windows-1252", [0x5a, 0xe9], "Zé"],
  ["utf-8", [0xc3, 0xa9], "é"],
])("reads a page in %s", async (charset, bytes, text) => {
  const [before = "", after = ""] =
    `<meta charset="${charset}"><table><tr><td>HERE</td><td>a</td></tr><tr><td>1</td><td>2</td></tr></table>`.split(
      "HERE",
    );
  const page = [...new TextEncoder().encode(before), ...bytes, ...new TextEncoder().encode(after)];
  expect(await csvOf(Uint8Array.from(page))).toBe(`${text},a\n1,2\n`);
});

it("reads any rows of any texts", async () => {
  const text = fc.string({ maxLength: 8 }).map((cell) => cell.trim().replace(/\s+/g, " "));
  const escape = (cell: string) => cell.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const table = fc.array(fc.tuple(text, text, text), { minLength: 2, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const cells = (row: string[]) => row.map((cell) => `<td>${escape(cell)}</td>`).join("");
      const page = `<table>${rows.map((row) => `<tr>${cells(row)}</tr>`).join("\n")}</table>`;
      const csv = await csvOf(page);
      expect(Papa.parse(csv!.slice(0, -1), { delimiter: ",", newline: "\n" }).data).toEqual(rows);
    }),
    { numRuns: 100 },
  );
});

const rows = "<tr><td>order_id</td><td>amount</td></tr><tr><td>1</td><td>2</td></tr>";

it.each([
  ["a sign-in page", `<html><body><form><table>${rows}</table></form></body></html>`],
  ["a page with a script", `<html><script>go()</script><table>${rows}</table></html>`],
  ["text beside the table", `<html><body>Please sign in<table>${rows}</table></body></html>`],
  ["two tables", `<html><table>${rows}</table><table>${rows}</table></html>`],
  ["a table in a table", `<table><tr><td><table>${rows}</table></td><td>x</td></tr></table>`],
  ["rows without a table", `<html>${rows}</html>`],
  ["one row", "<table><tr><td>a</td><td>b</td></tr></table>"],
  ["one column", "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>"],
  ["spans that never end", `<table>${"<tr><td colspan=1000>".repeat(21_000)}</table>`],
  ["no table", "<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>"],
])("leaves %s a web page, which is refused", async (_, page) => {
  expect(await csvOf(page)).toBeUndefined();
  expect((await inspectFile(new Blob([page]), "orders.xls")).error?.code).toBe("html");
});
