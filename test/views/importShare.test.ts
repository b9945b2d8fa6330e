import { expect, it } from "vitest";
import { importShare } from "../../src/views/importShare.ts";

it.each([
  [{ share: 0.4, bytes: 1, totalBytes: 100 }, 0.4],
  [{ share: 0, bytes: 25, totalBytes: 100 }, 0.25],
  [{ share: 0, bytes: 120, totalBytes: 100 }, 1],
  [{ share: 0, bytes: 0, totalBytes: 0 }, undefined],
])("%j is %s", (progress, share) => {
  expect(importShare(progress)).toBe(share);
});
