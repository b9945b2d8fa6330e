import { expect, it } from "vitest";
import { formatBytes } from "../../src/views/formatBytes.ts";

it.each([
  [812, "812 byte"],
  [18_200, "18 kB"],
  [18_240_000, "18.2 MB"],
  [434_000_000, "434 MB"],
  [2_500_000_000_000, "2,500 GB"],
])("%d is %s", (bytes, said) => {
  expect(formatBytes("en", bytes)).toBe(said);
});
