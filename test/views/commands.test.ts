import { expect, it } from "vitest";
import { commands, gestures } from "../../src/views/commands.ts";
import { isWordKey } from "../../src/words/words.ts";

it("names every command once, and gives no key to two", () => {
  const ids = commands.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const keys = commands.flatMap((command) => command.keys ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

it("has words for what is called by one", () => {
  const own = new Set(["English", "简体中文", "繁體中文"]);
  const words = [
    ...commands.flatMap(({ word, also }) => [word, also ?? word]),
    ...gestures.map(({ word }) => word),
  ];
  expect(words.filter((word) => !own.has(word) && !isWordKey(word))).toEqual([]);
});
