import type { Models } from "../../src/models/fitClient.ts";
import { Session } from "../../src/session/session.svelte.ts";
import { openEngine } from "./openEngine.ts";
import type { OpenEngine } from "./openEngine.ts";

/**
 * A session that has started on the page's engine in Node, in English and without models. Tests that
 * open one put `runWorker.ts` of this folder and an empty `fitClient.ts` in the place of the real ones.
 */
export async function openSession(): Promise<{ engine: OpenEngine; session: Session }> {
  const engine = await openEngine();
  const models = { run: () => Promise.reject(new Error("no model")), close() {} };
  const session = new Session({
    startEngine: async () => engine,
    models: models as unknown as Models,
    locale: "en",
    version: "0.0.0",
  });
  await session.start();
  return { engine, session };
}
