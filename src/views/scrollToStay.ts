/**
 * Scrolls to an element and keeps it there while what stands above it is still being drawn, until the
 * reader moves or a moment has passed.
 */
export function scrollToStay(element: Element, { settleMs = 900 } = {}): void {
  element.scrollIntoView({ block: "start" });
  let height = document.documentElement.scrollHeight;
  const done = new AbortController();
  const watcher = new ResizeObserver(() => {
    const { scrollHeight } = document.documentElement;
    if (scrollHeight === height) return;
    height = scrollHeight;
    element.scrollIntoView({ block: "start", behavior: "instant" });
  });
  watcher.observe(document.body);
  done.signal.addEventListener("abort", () => watcher.disconnect());
  for (const act of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(act, () => done.abort(), { signal: done.signal, passive: true });
  }
  setTimeout(() => done.abort(), settleMs);
}
