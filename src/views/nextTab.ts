/**
 * The tab that an arrow, Home or End key goes to from the current one, as the ARIA tabs pattern has
 * it; undefined where the key does nothing.
 */
export function nextTab(key: string, current: number, count: number): number | undefined {
  switch (key) {
    case "ArrowRight":
      return (current + 1) % count;
    case "ArrowLeft":
      return (current - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
