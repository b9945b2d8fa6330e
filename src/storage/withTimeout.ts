import { StorageError } from "./storageError.ts";

/**
 * The same promise, which no longer waits than that.
 *
 * @param onTimeout lets go of what was waited for
 * @throws StorageError "timeout"
 */
export async function withTimeout<T>(
  work: Promise<T>,
  timeoutMs: number,
  onTimeout: () => void = () => undefined,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new StorageError("timeout", `storage does not answer; waited ms: ${timeoutMs}`));
      onTimeout();
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
