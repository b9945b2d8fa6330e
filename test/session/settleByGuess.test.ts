import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Session } from "../../src/session/session.svelte.ts";
import type { OpenEngine } from "./openEngine.ts";
import { openSession } from "./openSession.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("./runWorker.ts"));
vi.mock("../../src/models/fitClient.ts", () => ({}));

let engine: OpenEngine;
let session: Session;

beforeAll(async () => {
  ({ engine, session } = await openSession());
}, 120_000);
afterAll(() => engine?.close());

/** Statements that lay out or fill tables while something is done. */
async function reads(act: () => Promise<unknown>): Promise<number> {
  const query = vi.spyOn(engine, "query");
  await act();
  const made = query.mock.calls.filter(([sql]) => /^\s*(insert into|create) /i.test(sql));
  query.mockRestore();
  return made.length;
}

const rows = Array.from(
  { length: 9 },
  (_, i) => `${i},c${i % 4},0${1 + (i % 3)}/0${1 + i}/2024,1${i}.50`,
);
const file = () =>
  new File([["order id,customer id,date,total", ...rows].join("\n")], "orders.csv");

it("reads nothing again for an answer that is what was used", async () => {
  await session.importFiles([file()]);
  const asked = session.questions.map(({ id }) => id);
  expect(asked).toContain("currency");
  const { guess } = session.questions.find(({ id }) => id === "currency")!;
  const before = session.report!.totals;
  expect(await reads(() => session.answer("currency", guess))).toBe(0);
  expect(session.questions.map(({ id }) => id)).toEqual(asked.filter((id) => id !== "currency"));
  expect(session.report!.files[0]!.questions.map(({ id }) => id)).not.toContain("currency");
  expect(session.report!.totals).toEqual(before);
  expect(session.phase.state).toBe("ready");
});

it("reads everything again for another answer, and for one that is taken back", async () => {
  await session.undo();
  expect(session.questions.map(({ id }) => id)).toContain("currency");
  const { guess, options } = session.questions.find(({ id }) => id === "currency")!;
  const other = options.find((option) => option !== guess)!;
  expect(await reads(() => session.answer("currency", other))).toBeGreaterThan(0);
  expect(session.report!.totals.currency).toBe(other);
});
