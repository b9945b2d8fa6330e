import { expect, it } from "vitest";
import { inspectFile } from "../../src/intake/inspectFile.ts";
import { repair } from "../../src/intake/repair.ts";

it("reads cells as a spreadsheet copies them, with line breaks, quotes and tabs inside", async () => {
  // only cells with a line break or a tab are quoted; a quote elsewhere stands for itself
  const file = new Blob([
    "order_id\tcustomer\tordered_at\tamount\tnote\r\n",
    '001\tann\t2025-01-03\t12.00\t"two\nlines ""so"""\r\n',
    '2\tbob\t2025-01-04\t13.50\t5" pipe\r\n',
    '3\tcyd\t2025-01-05\t1.00\t"a\tb"\r\n',
    "4\tdan\t2025-01-06\t2.00\tplain\r\n",
  ]);
  const plan = await inspectFile(file, "pasted.csv");
  expect([plan.kind, plan.delimiter]).toEqual(["orders", "\t"]);
  const { read, rejected, blob } = await repair(file, plan);
  expect([read, rejected]).toEqual([4, 0]);
  expect(await blob.text()).toBe(
    [
      '001,ann,2025-01-03,12.00,"two\nlines ""so"""',
      '2,bob,2025-01-04,13.50,"5"" pipe"',
      "3,cyd,2025-01-05,1.00,a\tb",
      "4,dan,2025-01-06,2.00,plain\n",
    ].join("\n"),
  );
});
