import { expect, it } from "vitest";
import type { FilePlan } from "../../src/session/session.svelte.ts";
import { fileFacts } from "../../src/views/fileFacts.ts";
import { text } from "../../src/words/words.ts";

const session = { locale: "en" as const, text: (key: string) => text("en", key) };
const report = {
  kind: "orders",
  platform: null,
  encoding: "utf-8",
  delimiter: ",",
  headerRow: 1,
  grain: "order",
} as FilePlan["report"];

it("names encoding and separator of a text, which a sheet of a workbook has not", () => {
  const asText = fileFacts(session, { report, book: undefined });
  expect(asText).toEqual(["Orders", "One row is an order", "UTF-8", "comma"]);
  const asSheet = fileFacts(session, { report, book: "orders.xlsx" });
  expect(asSheet).toEqual(["Orders", "One row is an order"]);
});

it("says of a sheet that was not read neither", () => {
  const refused = { ...report, kind: "refused" } as FilePlan["report"];
  expect(fileFacts(session, { report: refused, book: "x.xlsx" })).toEqual([]);
  expect(fileFacts(session, { report: refused, book: undefined })).toEqual(["UTF-8"]);
});
