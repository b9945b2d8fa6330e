import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Models } from "../../src/models/fitClient.ts";
import { Session } from "../../src/session/session.svelte.ts";
import { StudyKeeper } from "../../src/session/studyKeeper.svelte.ts";
import { fakeStorage } from "./fakeStore.ts";
import { openEngine } from "./openEngine.ts";
import type { OpenEngine } from "./openEngine.ts";
import { sixOrders } from "./sixOrders.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("./runWorker.ts"));
vi.mock("../../src/models/fitClient.ts", () => ({}));

let engine: OpenEngine;
const storage = fakeStorage();
let session: Session;

beforeAll(async () => {
  engine = await openEngine();
  session = new Session({
    startEngine: async () => engine,
    models: {} as Models,
    locale: "en",
    version: "0.0.0",
    kept: new StudyKeeper(storage.open),
  });
  await session.start();
  await session.kept.start();
}, 120_000);
afterAll(() => engine?.close());

const picture = () => new File([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)], "A4.png");

it("is neither told as added nor kept as a study to go on with", async () => {
  await session.importFiles([picture()]);
  expect(session.files.map(({ report }) => report.kind)).toEqual(["refused"]);
  expect(session.undoable).toBeNull();
  expect(session.isWaitingForFiles).toBe(false);
  session.kept.flush();
  expect([storage.studies.size, storage.draft]).toEqual([0, null]);
});

it("is left out of what is told beside a file that was read, which is kept", async () => {
  await session.importFiles([picture(), new File([sixOrders], "orders.csv")]);
  expect(session.undoable?.names).toEqual(["orders.csv"]);
  session.kept.flush();
  await vi.waitFor(() => expect(storage.studies.size > 0 || storage.draft !== null).toBe(true));
});
