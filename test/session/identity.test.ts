import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Answers } from "../../src/session/source.ts";
import { openShop } from "./openShop.ts";
import type { Shop } from "./openShop.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("./runWorker.ts"));

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

/** Orders of 1.00 each, one for each identity, and what became of them. */
async function read(header: string, identities: string[], answers: Answers = {}) {
  const lines = identities.map(
    (who, i) => `${i + 1},${who},2025-01-${String(i + 1).padStart(2, "0")},1.00,EUR`,
  );
  const content = [`Order ID,${header},Order Date,Total,Currency`, ...lines].join("\n");
  const { files, totals } = await shop.importFiles([{ name: "orders.csv", content }], answers);
  const customers = (await shop.rows("select customer_id from orders order by ordered_at")) as {
    customer_id: string | null;
  }[];
  return { file: files[0]!, totals, customers: customers.map(({ customer_id }) => customer_id) };
}

it("takes spellings of one identity for one customer, and says so", async () => {
  const { file, totals, customers } = await read("Customer Email", [
    "ada@x.com",
    "Ada@X.com",
    " ada@x.com\u200b",
    "zoe\u0301@x.com",
    "zo\u00e9@x.com",
    "bob@x.com",
  ]);
  const [ada, zoe, bob] = ["ada@x.com", "zo\u00e9@x.com", "bob@x.com"];
  expect(customers).toEqual([ada, ada, ada, zoe, zoe, bob]);
  expect(totals.customers).toBe(3);
  expect(file.notes).toEqual([
    expect.objectContaining({ note: "spellings", count: 5, of: 2, amount: "0.00" }),
  ]);
  expect(file.notes![0]!.examples).toHaveLength(2);
  expect(file.notes![0]!.examples[0]).toContain("“Ada@X.com”");
});

it("says nothing of spellings where each customer has one", async () => {
  const { file, totals } = await read("Customer Email", ["Ada@x.com", "Ada@x.com", "bob@x.com"]);
  expect(totals.customers).toBe(2);
  expect(file.notes).toBeUndefined();
});

it("knows one phone number by its forms, and no more than that", async () => {
  const { customers } = await read("Customer Phone", [
    "13800001111",
    "+86 138 0000 1111",
    "(+86)138-0000-1111",
    "008613800001111",
    "86-13800001111",
    "8613800001111",
    "+1 (555) 123-4567",
    "+15551234567",
    "5551234567",
  ]);
  const [mobile, us] = ["13800001111", "+15551234567"];
  const forms = [mobile, mobile, mobile, mobile, mobile, "8613800001111", us, us, "5551234567"];
  expect(customers).toEqual(forms);
});

it("takes guests and placeholders for nobody", async () => {
  const nobody = [
    "",
    "undefined",
    "guest",
    "Guest",
    "-",
    "n/a",
    "0",
    "000",
    "anonymous",
    "游客",
    "匿名",
    "—",
  ];
  const { totals, customers } = await read("Customer ID", [...nobody, "1007", "G0", "Guestrow"]);
  expect(customers).toEqual([...nobody.map(() => null), "1007", "G0", "Guestrow"]);
  expect(totals).toMatchObject({ ordersWithoutCustomer: nobody.length, customers: 3 });
});

describe("masked numbers", () => {
  const numbers = ["138****1111", "138****1111", "139****2222", "13800003333"];

  it("are nobody by themselves, and the reader is asked", async () => {
    const { file, totals, customers } = await read("Customer Phone", numbers);
    expect(customers).toEqual([null, null, null, "13800003333"]);
    expect(totals.customers).toBe(1);
    expect(file.questions.map(({ id, options, guess }) => [id, options, guess])).toEqual([
      ["masked", ["apart", "no-customer"], "no-customer"],
    ]);
    expect(file.questions[0]!.question).toContain("138****1111");
  });

  it("tell people apart where the reader says so", async () => {
    const { file, customers } = await read("Customer Phone", numbers, { masked: "apart" });
    expect(customers).toEqual(["138****1111", "138****1111", "139****2222", "13800003333"]);
    expect(file.questions).toEqual([]);
  });

  it("are asked about where the reader chooses such a column, and not where another is chosen", async () => {
    const people = ["138****1111,ada@x.com", "138****1111,bob@x.com"];
    const header = "Customer Phone,Customer Email";
    const other = await read(header, people);
    expect(other.customers).toEqual(["ada@x.com", "bob@x.com"]);
    expect(other.file.questions).toEqual([]);
    const masked = await read(header, people, { "mapping.customer": "Customer Phone" });
    expect(masked.customers).toEqual([null, null]);
    expect(masked.file.questions.map(({ id }) => id)).toEqual(["masked"]);
  });

  it("do not merge people of different names", async () => {
    const people = ["138****1111,王*", "138****1111,李*", "138****1111,王*", "138****1111,"];
    const header = "Customer Phone,Customer Name";
    const { file, totals, customers } = await read(header, people);
    expect(customers).toEqual(["138****1111 王*", "138****1111 李*", "138****1111 王*", null]);
    expect(totals.customers).toBe(2);
    expect(file.questions.map(({ id, guess }) => [id, guess])).toEqual([["masked", "apart"]]);
    const told = await read(header, people, { masked: "no-customer" });
    expect(told.totals).toMatchObject({ customers: 0, ordersWithoutCustomer: 4 });
    expect(told.file.questions).toEqual([]);
  });
});
