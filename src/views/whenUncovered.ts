const restMs = 1000; // that it must have stood in sight, so that no click meant for another thing meets it

const wholly = 0.99; // of its area: a part alone may say something else

/** Of version 2, which some browsers have. */
interface Visibility extends IntersectionObserverEntry {
  isVisible?: boolean;
}

/**
 * Tells whether an element is in sight and, where the browser says so, nothing lies over it, nor is it made see-through
 * by the page around. What is in sight counts once it has been for a while.
 *
 * @returns ends the watch
 */
export function whenUncovered(element: Element, tell: (isUncovered: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const watch = (entries: Visibility[]) => {
    const entry = entries.at(-1);
    const isSeen = (entry?.intersectionRatio ?? 0) > wholly && entry?.isVisible !== false;
    clearTimeout(timer);
    if (isSeen) timer = setTimeout(() => tell(true), restMs);
    else tell(false);
  };
  const options = { threshold: [0, wholly, 1], trackVisibility: true, delay: 100 };
  const observer = new IntersectionObserver(watch, options);
  observer.observe(element);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    tell(false);
  };
}
