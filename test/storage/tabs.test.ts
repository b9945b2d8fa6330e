import { afterEach, describe, expect, it } from "vitest";
import { joinTabs } from "../../src/storage/tabs.ts";
import type { Tabs } from "../../src/storage/tabs.ts";

const open: BroadcastChannel[] = [];

afterEach(() => {
  for (const channel of open.splice(0)) channel.close();
});

/** A tab of the browser, and what it was told. */
function tab(name: string, locks?: Pick<LockManager, "request">): { tabs: Tabs; told: string[] } {
  const told: string[] = [];
  const channel = new BroadcastChannel(name);
  open.push(channel);
  const events = {
    onAsked: async () => void told.push("asked"),
    onLost: () => void told.push("lost"),
    onChanged: () => void told.push("changed"),
    onForgotten: () => void told.push("forgotten"),
  };
  return { tabs: joinTabs(events, { locks, channel }), told };
}

/** Locks as the browser gives them, but for waiting without end. */
function lockManager(): Pick<LockManager, "request"> {
  const held = new Map<string, { end: Promise<unknown>; steal: (error: Error) => void }>();
  const request = async (
    name: string,
    { ifAvailable, signal, steal }: LockOptions,
    use: (lock: Lock | null) => unknown,
  ): Promise<unknown> => {
    if (steal) held.get(name)?.steal(new DOMException("stolen", "AbortError"));
    else if (ifAvailable && held.has(name)) return use(null);
    while (!steal && held.has(name)) {
      const late = new Promise<never>((_, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason as Error));
      });
      await Promise.race([held.get(name)!.end, late]);
    }
    let stealIt!: (error: Error) => void;
    const stolen = new Promise<never>((_, reject) => (stealIt = reject));
    const used = Promise.resolve(use({ name, mode: "exclusive" } as Lock));
    const mine = { end: used, steal: stealIt };
    held.set(name, mine);
    try {
      return await Promise.race([used, stolen]);
    } finally {
      if (held.get(name) === mine) held.delete(name);
    }
  };
  return { request } as unknown as Pick<LockManager, "request">;
}

describe.each([
  ["with Web Locks", lockManager],
  ["without", () => undefined],
])("tabs %s", (kind, locks) => {
  it("write a study one at a time, and the one that has it writes first when another takes over", async () => {
    const shared = locks();
    const [a, b] = [tab(kind, shared), tab(kind, shared)];
    expect(await a.tabs.claim("s")).toBe(true);
    expect(await a.tabs.claim("s")).toBe(true);
    expect(await b.tabs.claim("s")).toBe(false);
    expect(await b.tabs.claim("other")).toBe(true);
    expect(await b.tabs.claim("s", { isForced: true })).toBe(true);
    expect(a.told).toEqual(["asked", "lost"]);
    expect(await a.tabs.claim("s")).toBe(false);
    b.tabs.release();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await a.tabs.claim("s")).toBe(true);
    expect(b.told).toEqual([]);
  });

  it("tell each other what changed", async () => {
    const shared = locks();
    const [a, b] = [tab(`${kind} told`, shared), tab(`${kind} told`, shared)];
    a.tabs.tell("changed");
    a.tabs.tell("forgotten");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(b.told).toEqual(["changed", "forgotten"]);
    expect(a.told).toEqual([]);
  });
});

it("takes a study from a tab that no longer answers", async () => {
  const shared = lockManager();
  const dead = tab("dead", shared);
  await dead.tabs.claim("s");
  open[0]!.onmessage = null;
  const { tabs } = tab("dead", shared);
  expect(await tabs.claim("s", { isForced: true })).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(dead.told).toEqual(["lost"]);
});
