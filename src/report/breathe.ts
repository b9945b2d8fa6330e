const longestMs = 30; // without a look at what the reader does
let since = 0;

/** For a long computation to call often: a pause for the page, but only when it has been held up for long. */
export function breathe(): Promise<void> | undefined {
  if (performance.now() - since < longestMs) return undefined;
  return new Promise((resolve) =>
    setTimeout(() => {
      since = performance.now();
      resolve();
    }),
  );
}
