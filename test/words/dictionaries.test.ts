import { describe, expect, it } from "vitest";
import { en } from "../../src/words/en.ts";
import { zhHans } from "../../src/words/zhHans.ts";
import { zhHant } from "../../src/words/zhHant.ts";

const english: Record<string, string> = en;
const others: Record<string, Record<string, string>> = { zhHans, zhHant };

describe.each(Object.keys(others))("%s", (name) => {
  const words = others[name] as Record<string, string>;

  it("has the keys of English in its order", () => {
    expect(Object.keys(words)).toEqual(Object.keys(english));
  });

  it("has the places of English in every word", () => {
    for (const [key, word] of Object.entries(words)) {
      expect([key, ...placesOf(word)]).toEqual([key, ...placesOf(english[key] ?? "")]);
    }
  });

  it("leaves no word empty and none with stray spaces", () => {
    for (const word of Object.values(words)) expect(word).toMatch(/^\S(.*\S)?$/s);
  });
});

it("keeps simplified characters out of Traditional Chinese and the other way round", () => {
  const own = Object.entries(zhHant);
  expect(
    own.filter(([, word]) => /[们这时间单数据户导选择过读记编国发现设应键]/.test(word)),
  ).toEqual([]);
  const plain = Object.entries(zhHans);
  expect(
    plain.filter(([, word]) => /[們這時單數據戶導選擇過讀記編國發現設應鍵檔匯顧]/.test(word)),
  ).toEqual([]);
});

function placesOf(word: string): string[] {
  return [...new Set([...word.matchAll(/\{(\w+)/g)].map(([, name]) => name ?? ""))].sort();
}
