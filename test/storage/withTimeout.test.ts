import { expect, it } from "vitest";
import { toStorageError } from "../../src/storage/storageError.ts";
import { withTimeout } from "../../src/storage/withTimeout.ts";

it("gives what comes in time, also an error", async () => {
  expect(await withTimeout(Promise.resolve(7), 1_000)).toBe(7);
  await expect(withTimeout(Promise.reject(new Error("no")), 1_000)).rejects.toThrow("no");
});

it("does not wait for what never comes, and lets go of it", async () => {
  let isLetGo = false;
  const never = new Promise<never>(() => undefined);
  const waiting = withTimeout(never, 5, () => (isLetGo = true));
  await expect(waiting).rejects.toMatchObject({ code: "timeout" });
  expect(isLetGo).toBe(true);
});

it.each([
  ["QuotaExceededError", "full"],
  ["SecurityError", "unavailable"],
  ["VersionError", "newer"],
  ["AbortError", "failed"],
])("takes %s for %s", (name, code) => {
  expect(toStorageError(new DOMException("", name)).code).toBe(code);
});
