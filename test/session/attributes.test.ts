import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Session } from "../../src/session/session.svelte.ts";
import type { OpenEngine } from "./openEngine.ts";
import { openSession } from "./openSession.ts";
import { sixOrders } from "./sixOrders.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("./runWorker.ts"));
vi.mock("../../src/models/fitClient.ts", () => ({}));

let engine: OpenEngine;
let session: Session;

beforeAll(async () => {
  ({ engine, session } = await openSession());
}, 120_000);
afterAll(() => engine?.close());

async function read(...files: File[]): Promise<string[]> {
  await session.reset();
  await session.importFiles(files);
  return [...session.attributes];
}

it("has the attributes of which some customer has a value, and no others", async () => {
  expect(await read(new File([sixOrders], "orders.csv"))).toEqual(["channel", "domain"]);
  const bare = sixOrders.replaceAll(/,[^,\n]*$/gm, "");
  expect(await read(new File([bare], "orders.csv"))).toEqual([]);
  const rich = `order id,customer,date,amount,product,country,coupon
1,ann,2025-01-05,10.00,Tea,FR,
2,bob,2025-01-07,20.00,Tea,DE,SPRING
`;
  expect(await read(new File([rich], "orders.csv"))).toEqual(["product", "country", "coupon"]);
});

it("has those of the file of customers", async () => {
  const customers = `customer id,created at,tier,source
ann,2024-12-01,gold,friend
bob,2024-12-02,,fair
cat,2024-12-03,,fair
dan,2024-12-04,,fair
`;
  const files = [new File([sixOrders], "orders.csv"), new File([customers], "customers.csv")];
  expect(await read(...files)).toEqual(["channel", "domain", "source", "tier"]);
});
