import { expect, it } from "vitest";
import { isWordedDate, wordedDateSql } from "../../src/intake/wordedDates.ts";
import { query, stage } from "./stageFile.ts";

const dates = [
  ["5. Januar 2024", "2024-01-05 00:00:00"],
  ["5. März 2024, 14:03 Uhr", "2024-03-05 14:03:00"],
  ["31. Dez. 2023 23:59:58", "2023-12-31 23:59:58"],
  ["1er février 2024", "2024-02-01 00:00:00"],
  ["15 août 2024 à 9h05", "2024-08-15 09:05:00"],
  ["13 de enero de 2024 10:05 hs.", "2024-01-13 10:05:00"],
  ["3 de septiembre de 2024", "2024-09-03 00:00:00"],
  ["1 de março de 2024 às 08:30", "2024-03-01 08:30:00"],
  ["7 ottobre 2024", "2024-10-07 00:00:00"],
  ["2 giugno 2024 alle 18:00", "2024-06-02 18:00:00"],
  ["12 mei 2024 om 07:15", "2024-05-12 07:15:00"],
  ["30 juin 2024", "2024-06-30 00:00:00"],
  ["30 juil. 2024", "2024-07-30 00:00:00"],
] as const;

it.each(dates)("reads %s", async (text, wanted) => {
  expect(isWordedDate(text)).toBe(true);
  const [row] = await query(`select ${wordedDateSql(`'${text}'`)} as at`);
  expect(row!.at).toBe(wanted);
});

it.each(["5. Foo 2024", "41 mai 2024", "mai 2024", "5 mai 24:70", "12 pcs 2024", ""])(
  "takes %j for no date",
  async (text) => {
    expect(isWordedDate(text)).toBe(false);
    const [row] = await query(`select ${wordedDateSql(`'${text}'`)} as at`);
    expect(row!.at).toBeNull();
  },
);

it("reads an order file that writes its dates so", async () => {
  const rows = dates.map(([text], i) => `${i};K${i};${text};1,00`).join("\n");
  const { plan, rows: staged } = await stage(`Bestellnummer;Kunde;Datum;Summe\n${rows}\n`);
  expect(plan.kind).toBe("orders");
  expect(staged.map(({ ordered_at }) => ordered_at)).toEqual(dates.map(([, wanted]) => wanted));
  expect(staged.every(({ verdict }) => verdict === null)).toBe(true);
});
