import { describe, expect, it } from "vitest";
import { ReaderSettings } from "../../src/session/readerSettings.svelte.ts";

function storage() {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
}

describe("what the reader set for every visit", () => {
  it("writes nothing before the reader sets something, and holds on the next visit", () => {
    const store = storage();
    const settings = new ReaderSettings(() => store);
    expect([settings.keysOn, settings.isTourOver, settings.recent]).toEqual([true, false, []]);
    expect(store.values.size).toBe(0);
    expect([settings.locale, settings.theme]).toEqual([null, "auto"]);
    settings.locale = "zh-Hant";
    settings.theme = "dark";
    settings.keysOn = false;
    settings.endTour();
    const later = new ReaderSettings(() => store);
    expect([later.keysOn, later.isTourOver]).toEqual([false, true]);
    expect([later.locale, later.theme]).toEqual(["zh-Hant", "dark"]);
  });

  it("has what was used last first, once, and not without end", () => {
    const settings = new ReaderSettings(() => storage());
    for (const id of [..."abcdefghij", "i"]) settings.use(id);
    expect(settings.recent).toEqual([..."ijhgfedc"]);
  });

  it("does not bring back what was forgotten meanwhile", () => {
    const store = storage();
    const settings = new ReaderSettings(() => store);
    settings.use("command:report");
    store.values.clear();
    settings.endTour();
    expect(new ReaderSettings(() => store).recent).toEqual([]);
  });

  it("takes only what fits of what was stored, and works where nothing can be", () => {
    for (const stored of [
      "null",
      "[1]",
      "{",
      '{"recent":[1,"a"],"keysOn":"no","locale":"fr","theme":1}',
    ]) {
      const store = { getItem: () => stored, setItem: () => undefined };
      const { keysOn, locale, theme } = new ReaderSettings(() => store);
      expect([keysOn, locale, theme]).toEqual([true, null, "auto"]);
    }
    const settings = new ReaderSettings(() => {
      throw new Error("off");
    });
    settings.endTour();
    expect(settings.isTourOver).toBe(true);
    expect(new ReaderSettings(null).theme).toBe("auto");
  });
});
