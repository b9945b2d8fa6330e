/** Waits until a check says yes: the page's own policy has no room for `waitForFunction`. */
export async function until(
  check: () => Promise<boolean>,
  { patienceMs = 300_000 } = {},
): Promise<boolean> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    if (await check()) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}
