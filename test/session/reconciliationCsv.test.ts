import { expect, it } from "vitest";
import type { FileReport } from "../../src/intake/report.ts";
import { reconciliationCsv } from "../../src/session/reconciliationCsv.ts";

it("says for each file where its rows went, and lets no name run as a formula", async () => {
  const report = { name: "=a.csv", rows: { read: 4 } } as FileReport;
  const steps = [
    { step: "kept", reason: "kept", rows: 2, orders: 2, amount: "30.50" },
    { step: "excluded", reason: "cancelled", rows: 1, orders: 1, amount: "-4.00" },
    { step: "rejected", reason: "time", rows: 1, orders: 0, amount: "0.00" },
  ];
  const text = await reconciliationCsv([{ report, steps }]).text();
  expect(text.split("\r\n")).toEqual([
    "file,step,reason,rows,orders,amount",
    `"'=a.csv",read,,4,,`,
    `"'=a.csv",kept,,2,2,30.50`,
    `"'=a.csv",excluded,cancelled,1,1,-4.00`,
    `"'=a.csv",rejected,time,1,0,0.00`,
    "",
  ]);
});
