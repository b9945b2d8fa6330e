import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { cameOf, contentOf, mustOf, samples } from "../intake/samples.ts";
import { openShop } from "./openShop.ts";
import type { Shop } from "./openShop.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("./runWorker.ts"));

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});

afterAll(() => shop?.close());

it.each(samples)("$file comes to what its manifest says", async (sample) => {
  const report = await shop.importFiles([{ name: sample.file, content: contentOf(sample) }]);
  expect(cameOf(sample, report)).toEqual(mustOf(sample));
});
