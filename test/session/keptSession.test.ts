import { expect, it, vi } from "vitest";
import type { Models } from "../../src/models/fitClient.ts";
import { Session } from "../../src/session/session.svelte.ts";
import { ShapeMemory } from "../../src/session/shapeMemory.ts";
import { StudyKeeper } from "../../src/session/studyKeeper.svelte.ts";
import type { Study } from "../../src/storage/study.ts";
import { fakeStorage } from "./fakeStore.ts";

const study: Study = {
  id: "s",
  name: "",
  title: "",
  text: "# Mine\n\n```analysis overview\n```\n",
  checkpoints: [],
  files: [{ name: "orders.csv", bytes: 4, rows: 1, shape: null }],
  keepsFiles: false,
  isInert: false,
  beganAt: 1,
  changedAt: 1,
  revision: 1,
};

async function visit(kept: Partial<Study> = {}) {
  const storage = fakeStorage();
  storage.studies.set("s", { ...study, ...kept });
  const session = new Session({
    startEngine: () => new Promise(() => undefined),
    models: {} as Models,
    locale: "en",
    version: "0.0.0",
    memory: new ShapeMemory(() => localStorageOff()),
    kept: new StudyKeeper(storage.open),
  });
  await session.kept.start();
  await session.goOn("s");
  const settled = () => vi.waitFor(() => expect(session.kept.keeping.state).toBe("saved"));
  return { storage, session, settled, kept: () => storage.studies.get("s")! };
}

function localStorageOff(): never {
  throw new DOMException("off", "SecurityError");
}

it("shows the document of a study that waits for its files", async () => {
  const { session } = await visit();
  expect(session.markdown()).toBe(study.text);
  expect(session.isWaitingForFiles).toBe(true);
});

it("keeps the text of an earlier version when it is first changed, once", async () => {
  const { session, settled, kept } = await visit();
  session.addText();
  await settled();
  await session.undo();
  session.setFolded("overview", true);
  await vi.waitFor(() => expect(kept().text).toContain("folded"));
  expect(kept().text).toMatch(/^<!-- perennial \d+ -->/);
  expect(kept().checkpoints.map(({ name, text }) => [name, text])).toEqual([
    [session.text("kept.original"), study.text],
  ]);
});

it("never rewrites a document of a later version", async () => {
  const later = "<!-- perennial 99 -->\n\n```analysis overview from=the-future\n```\n";
  const { session, storage, kept } = await visit({ text: later });
  session.addText();
  session.setFolded("overview", true);
  await new Promise((resolve) => setTimeout(resolve, 900));
  expect(kept().text).toBe(later);
  expect(storage.writes).toBe(0);
});

it("goes back to a checkpoint, which undo takes back", async () => {
  const { session } = await visit();
  await session.setMarkdown("# Other\n");
  session.goBackTo({ name: "", at: 1, text: study.text, isInert: false });
  expect(session.markdown()).toBe(study.text);
  await session.undo();
  expect(session.markdown()).toBe("# Other\n");
});

it("keeps what another document takes the place of", async () => {
  const { session, settled, kept } = await visit();
  await session.setMarkdown("# Other\n");
  await settled();
  await vi.waitFor(() => expect(kept().text).toBe("# Other\n"));
  expect(kept().checkpoints.map(({ text }) => text)).toEqual([study.text]);
});

it("leaves a study as it is when a notebook from elsewhere is opened", async () => {
  const { session, kept } = await visit();
  await session.openDocument("# Theirs\n\n```sql x\nselect 1\n```\n");
  await new Promise((resolve) => setTimeout(resolve, 900));
  expect(session.isWaitingForFiles).toBe(false);
  expect(kept().text).toBe(study.text);
});

it("opens a notebook from somebody else inert again", async () => {
  const { session } = await visit({ isInert: true });
  expect(session.isInert).toBe(true);
});

it("says why a document cannot be read, and keeps it", async () => {
  const { session, kept } = await visit({ text: "```analysis no-such-thing\n```\n" });
  expect(session.notice?.message).toContain("no-such-thing");
  expect(session.isWaitingForFiles).toBe(false);
  expect(kept().text).toContain("no-such-thing");
});
