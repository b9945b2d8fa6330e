import { expect, it } from "vitest";
import { fitFiles } from "../../src/session/fitFiles.ts";

const mark = (name: string, shape: string | null) => ({ name, shape, bytes: 1, rows: 1 });
const orders = mark("orders.csv", "a");
const costs = mark("costs.csv", "b");

it.each([
  ["the same files", [costs, orders]],
  ["a file of the same columns under another name", [mark("new.csv", "a"), costs]],
  ["names that were exchanged", [mark("orders.csv", "b"), mark("costs.csv", "a")]],
])("takes %s", (_, given) => {
  expect(fitFiles([orders, costs], given)).toBeNull();
});

it("says what is missing, what has other columns, and what is new", () => {
  const given = [mark("orders.csv", "z"), mark("extra.csv", "y")];
  expect(fitFiles([orders, costs], given)).toEqual({
    missing: ["costs.csv"],
    changed: ["orders.csv"],
    added: ["extra.csv"],
  });
});

it("knows a file without columns by its name alone", () => {
  expect(fitFiles([mark("a.txt", null)], [mark("a.txt", null)])).toBeNull();
  expect(fitFiles([mark("a.txt", null)], [mark("b.txt", null)])?.missing).toEqual(["a.txt"]);
});

it("takes each file once", () => {
  expect(fitFiles([orders, mark("more.csv", "a")], [orders])?.missing).toEqual(["more.csv"]);
});
