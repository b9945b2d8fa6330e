/** What the page tells the worker of a newer version. */
export const takeOver = "take over";

/**
 * Has the browser keep the page's own files, so that it opens without a network. Where a newer version has
 * come, it waits until the reader wants it.
 *
 * @param onNewer called with what opens the newer version, in all tabs of this one the page is loaded anew
 */
export async function keepSite(onNewer: (open: () => void) => void): Promise<void> {
  const container = (navigator as Partial<Navigator>).serviceWorker;
  if (!container) return;
  const registration = await container
    .register(new URL("serviceWorker.js", document.baseURI), { updateViaCache: "none" })
    .catch(() => undefined); // a browser that keeps nothing: the page works as it is
  if (!registration) return;
  const tell = (): void => {
    const newer = registration.waiting;
    // without a controller it is the first one, which need not ask
    if (newer && container.controller) onNewer(() => openNewer(container, newer));
  };
  tell();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", tell);
  });
}

function openNewer(container: ServiceWorkerContainer, newer: ServiceWorker): void {
  container.addEventListener("controllerchange", () => location.reload(), { once: true });
  newer.postMessage(takeOver);
}
