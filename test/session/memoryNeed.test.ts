import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { errorText } from "../../src/session/errorText.ts";
import { memoryNeed, tooLarge } from "../../src/session/memoryNeed.ts";
import { text } from "../../src/words/words.ts";

/** A file that says it is so long; only its ends are ever read. */
function long(size: number): Blob {
  return new Proxy(new Blob(["Order ID,Date,Total\n"]), {
    get(blob, key) {
      if (key === "size") return size;
      const value: unknown = Reflect.get(blob, key);
      return typeof value === "function" ? value.bind(blob) : value;
    },
  });
}

describe("the memory that an import needs", () => {
  it("is about 1.7 GB for ten million orders, which fit", async () => {
    const need = await memoryNeed([long(665e6)]);
    expect(need.bytes / 1e9).toBeGreaterThan(1.6);
    expect(need.bytes / 1e9).toBeLessThan(1.9);
    expect(need).toMatchObject({ isLarge: true, isTooLarge: false });
  });

  it("is not worth a word for a small file", async () => {
    expect(await memoryNeed([long(5e6)])).toMatchObject({ isLarge: false, isTooLarge: false });
  });

  it("is too much from 1.3 GB on, of one file or of several together", async () => {
    expect((await memoryNeed([long(1.29e9)])).isTooLarge).toBe(false);
    expect((await memoryNeed([long(1.31e9)])).isTooLarge).toBe(true);
    expect((await memoryNeed([long(0.7e9), long(0.7e9)])).isTooLarge).toBe(true);
  });

  it("stays under what the engine can address wherever it is not too much", async () => {
    expect((await memoryNeed([long(1.3e9)])).bytes).toBeLessThan(3.1 * 2 ** 30);
  });

  it("of a gzip file goes by what is in it", async () => {
    const content = "a,b\n".repeat(100_000);
    expect((await memoryNeed([new Blob([gzipSync(content)])])).textBytes).toBe(content.length);
  });
});

it.each(["en", "zh-Hans", "zh-Hant"] as const)("says in %s what would help", async (locale) => {
  const need = await memoryNeed([long(2e9)]);
  const words = {
    text: (key: string, values?: Record<string, string | number>) => text(locale, key, values),
  };
  const { code, message } = errorText(words, tooLarge(need));
  expect(code).toBe("too-much");
  expect(message).toMatch(/2\.0 GB.*4\.5 GB.*1\.3 GB/);
  expect(message).not.toMatch(/[{}]/);
});
