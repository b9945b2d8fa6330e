import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { KeptWork } from "../../src/session/openStudy.ts";
import { emptyShelf } from "../../src/session/shelf.ts";
import type { Shelf } from "../../src/session/shelf.ts";
import { StudyKeeper } from "../../src/session/studyKeeper.svelte.ts";
import { fakeStorage } from "./fakeStore.ts";
import type { FakeStorage } from "./fakeStore.ts";

const file = new File(["a\n1\n"], "a.csv");
const shelf: Shelf = {
  sources: [{ name: "a.csv", file, corrections: {} }],
  refused: [],
  answers: {},
};

/** A page with one study open. */
class Page {
  work: KeptWork | undefined;
  readonly keeper: StudyKeeper;
  constructor(storage: FakeStorage | undefined) {
    this.keeper = new StudyKeeper(storage?.open);
    this.keeper.serve({
      work: () => this.work,
      put: (text: string) => void this.write(text),
    });
  }

  /** The reader writes, and time goes by. */
  async write(text: string, change: Partial<KeptWork> = {}): Promise<void> {
    this.type(text, change);
    await vi.advanceTimersByTimeAsync(2_000);
  }

  type(text: string, change: Partial<KeptWork> = {}): void {
    const fresh = { id: "s", title: "T", isInert: false, shelf, files: [], demo: undefined };
    this.work = { ...fresh, ...this.work, text, ...change };
    this.keeper.note();
  }
}

let storage: FakeStorage;
let page: Page;

beforeEach(async () => {
  vi.useFakeTimers();
  storage = fakeStorage();
  page = new Page(storage);
  await page.keeper.start();
});

afterEach(() => {
  vi.useRealTimers();
});

const kept = (id = "s") => storage.studies.get(id);

describe("the document", () => {
  it("is written a moment after it changed, once for many changes", async () => {
    page.type("a");
    await vi.advanceTimersByTimeAsync(100);
    expect(page.keeper.keeping).toEqual({ state: "pending" });
    page.type("ab");
    page.type("abc");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(kept()?.text).toBe("abc");
    expect(storage.writes).toBe(1);
    expect(page.keeper.keeping.state).toBe("saved");
    await page.write("abc");
    expect(storage.writes).toBe(1);
  });

  it("leaves a draft when the page goes before it was written, which the next page writes", async () => {
    await page.write("a");
    page.type("ab");
    await Promise.resolve();
    storage.fault = "timeout"; // the page does not live to see it written
    page.keeper.flush();
    expect(storage.draft?.text).toBe("ab");
    expect(page.keeper.isAtRisk).toBe(false);
    await vi.advanceTimersByTimeAsync(10);
    storage.fault = null;
    const next = new Page(storage);
    await next.keeper.start();
    expect(next.keeper.studies.map(({ text }) => text)).toEqual(["ab"]);
    expect(storage.draft).toBeNull();
  });

  it("keeps the draft as long as it cannot be written, and counts on none where nothing can", async () => {
    await page.write("a");
    storage.draft = { ...kept()!, text: "ab" };
    storage.fault = "failed";
    await new Page(storage).keeper.start();
    expect(storage.draft.text).toBe("ab");
    await page.write("abc");
    page.keeper.flush();
    expect(page.keeper.isAtRisk).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    storage.fault = null;
    await new Page(storage).keeper.start();
    expect([kept()?.text, storage.draft]).toEqual(["ab", null]);
  });

  it("is not overwritten by a draft that is older", async () => {
    await page.write("a");
    const old = kept()!;
    await page.write("ab");
    storage.draft = { ...old, text: "old" };
    await new Page(storage).keeper.start();
    expect(kept()?.text).toBe("ab");
  });

  it("is still written when another study is opened at once", async () => {
    await page.write("a");
    page.type("ab");
    await Promise.resolve();
    page.type("other", { id: "t" });
    await vi.advanceTimersByTimeAsync(1_000);
    expect([kept("s")?.text, kept("t")?.text]).toEqual(["ab", "other"]);
  });
});

it("keeps the simulated shop once something in it is the reader's", async () => {
  await page.write("demo", { demo: { seed: 1 } });
  expect(storage.studies.size).toBe(0);
  expect(page.keeper.study?.id).toBe("s");
  await page.write("demo and more");
  expect(kept()).toMatchObject({ text: "demo and more", demo: { seed: 1 } });
});

describe("where something fails", () => {
  it.each(["full", "timeout", "failed", "unavailable"] as const)(
    "%s is said, what was kept stays, and the next change tries again",
    async (fault) => {
      await page.write("a");
      storage.fault = fault;
      await page.write("ab");
      expect(page.keeper.keeping).toEqual({ state: "unsaved", reason: fault });
      expect(page.keeper.isAtRisk).toBe(true);
      expect(kept()?.text).toBe("a");
      storage.fault = null;
      await page.write("abc");
      expect(page.keeper.keeping.state).toBe("saved");
      expect(page.keeper.isAtRisk).toBe(false);
      expect(kept()?.text).toBe("abc");
    },
  );

  it("without any storage it says so, and a document as it was opened is no loss", async () => {
    const open = () => Promise.reject(new Error("none"));
    const keeper = new StudyKeeper(open);
    keeper.serve({ work: () => page.work, put: () => undefined });
    await keeper.start();
    page.type("a");
    keeper.note();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(keeper.keeping).toEqual({ state: "unsaved", reason: "unavailable" });
    expect(keeper.isAtRisk).toBe(false);
  });

  it("says nothing and does nothing where it was given no storage", async () => {
    const none = new Page(undefined);
    await none.keeper.start();
    await none.write("a");
    expect(none.keeper.keeping).toEqual({ state: "nothing" });
  });

  it("keeps the document where the files do not fit in", async () => {
    await page.write("a");
    storage.refusesFiles = true;
    await page.keeper.keepFiles(true);
    expect(page.keeper.filesTrouble).toBe("full");
    expect(kept()).toMatchObject({ text: "a", keepsFiles: false });
    expect(storage.files.size).toBe(0);
    expect(page.keeper.keeping.state).toBe("saved");
  });

  it("is not written again by itself once the storage was cleared, but on a word", async () => {
    await page.write("a");
    storage.studies.clear();
    await page.write("ab");
    expect(page.keeper.keeping).toEqual({ state: "unsaved", reason: "gone" });
    await page.write("abc");
    expect(storage.studies.size).toBe(0);
    await page.keeper.retry();
    expect(kept()?.text).toBe("abc");
    expect(page.keeper.keeping.state).toBe("saved");
  });

  it("goes on after a write that came through although it was given up, and after a new name", async () => {
    await page.write("a");
    storage.studies.set("s", { ...kept()!, name: "Mine", revision: kept()!.revision + 1 });
    await page.write("ab");
    expect(kept()).toMatchObject({ text: "ab", name: "Mine" });
    expect(page.keeper.isElsewhere).toBe(false);
  });
});

describe("files", () => {
  it("are kept when the reader says so, written once, and taken away", async () => {
    await page.write("a");
    expect(storage.files.size).toBe(0);
    await page.keeper.keepFiles(true);
    expect(kept()?.keepsFiles).toBe(true);
    const first = storage.files.get("s");
    expect(first).toBeDefined();
    await page.write("ab", { shelf: { ...shelf } });
    expect(storage.files.get("s")).toBe(first);
    await page.write("ab", { shelf: { ...shelf, answers: { currency: "EUR" } } });
    expect(storage.files.get("s")).not.toBe(first);
    await page.keeper.forgetFiles("s");
    expect(storage.files.size).toBe(0);
    expect(kept()).toMatchObject({ text: "ab", keepsFiles: false });
  });

  it("stay as they are known while the document waits for them", async () => {
    const files = [{ name: "a.csv", bytes: 4, rows: 1, shape: null }];
    await page.write("a", { files });
    await page.write("ab", { shelf: emptyShelf, files: [] });
    expect(kept()).toMatchObject({ text: "ab", files });
  });
});

describe("two tabs", () => {
  it("write one study in turns, and what the first had is handed over", async () => {
    await page.write("a");
    const second = new Page(storage);
    await second.keeper.start();
    await second.write("a");
    expect(second.keeper.isElsewhere).toBe(true);
    await second.write("mine");
    expect(kept()?.text).toBe("a");
    page.type("ab");
    await Promise.resolve();
    await second.keeper.takeOver();
    expect(page.keeper.isElsewhere).toBe(true);
    expect(second.keeper.isElsewhere).toBe(false);
    expect(second.work?.text).toBe("ab");
    await second.write("abc");
    await page.write("too late");
    expect(kept()?.text).toBe("abc");
  });
});

it("keeps checkpoints, each state under a name once", async () => {
  await page.write("a");
  await page.keeper.addCheckpoint("one");
  await page.keeper.addCheckpoint("one");
  await page.write("ab");
  await page.keeper.addCheckpoint("two");
  const named = () => kept()?.checkpoints.map(({ name, text }) => [name, text]);
  expect(named()).toEqual([
    ["one", "a"],
    ["two", "ab"],
  ]);
  await page.keeper.removeCheckpoint(kept()!.checkpoints[0]!.at);
  expect(named()).toEqual([["two", "ab"]]);
});

it("renames and removes studies of earlier visits", async () => {
  await page.write("a");
  await page.write("other", { id: "t" });
  await page.keeper.rename("s", "Spring");
  expect(kept()).toMatchObject({ name: "Spring", text: "a" });
  await page.keeper.remove("s");
  expect(page.keeper.studies.map(({ id }) => id)).toEqual(["t"]);
  await page.keeper.remove("t");
  await page.write("more");
  expect(storage.studies.size).toBe(0);
  expect(page.keeper.keeping).toEqual({ state: "unsaved", reason: "gone" });
});

it("forgets everything, and leaves it forgotten", async () => {
  await page.write("a");
  page.type("ab");
  await Promise.resolve();
  expect(await page.keeper.forgetEverything()).toEqual([]);
  await page.write("abc");
  page.keeper.flush();
  expect([storage.studies.size, storage.draft]).toEqual([0, null]);
  await page.write("another", { id: "t" });
  expect([...storage.studies.keys()]).toEqual(["t"]);
});
