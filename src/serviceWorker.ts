/**
 * Keeps the page's own files in the browser, so that it opens without a network and all of one version. It
 * answers for those files alone, and never takes the place of a version that tabs still use unless the
 * reader says so.
 */
import { files, version } from "virtual:site-files";
import { takeOver } from "./storage/siteKeeper.ts";

declare const self: ServiceWorkerGlobalScope;

const { scope } = self.registration;
// another copy of the product may lie in another folder of the same host
const prefix = `perennial ${scope} `;
const cacheName = prefix + version;
const byContent = /^(assets|engine)\//; // their names change with what is in them

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(settle()));
self.addEventListener("message", ({ data }) => data === takeOver && void self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (path !== undefined) event.respondWith(answer(event.request, path));
});

/** All or nothing: where one file is not what this version is made of, the version before stays. */
async function fill(): Promise<void> {
  const cache = await caches.open(cacheName);
  await Promise.all(
    Object.entries(files).map(async ([path, integrity]) => {
      const kept = byContent.test(path) ? await caches.match(addressOf(path)) : undefined;
      await cache.put(addressOf(path), kept ?? (await load(path, integrity)));
    }),
  );
}

async function load(path: string, integrity: string): Promise<Response> {
  const cache = byContent.test(path) ? "default" : "no-cache";
  // some hosts unpack an archive on the way; the page checks what is inside of it
  const checked = path.endsWith(".gz") ? {} : { integrity };
  const response = await fetch(addressOf(path), { cache, ...checked });
  if (!response.ok) throw new Error(`${response.status}: ${path}`);
  if (!response.redirected) return response;
  // a browser refuses to open what came by a detour
  const { body, status, headers } = response;
  return new Response(body, { status, headers });
}

/** The version before stays for tabs that still run it; what is older goes. */
async function settle(): Promise<void> {
  const others = (await caches.keys()).filter(
    (name) => name.startsWith(prefix) && name !== cacheName,
  );
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function answer(request: Request, path: string): Promise<Response> {
  const store = byContent.test(path) ? caches : await caches.open(cacheName);
  return (await store.match(addressOf(path))) ?? fetch(request);
}

/** Which of the page's files is asked for; undefined for anything else, and for one that was found damaged. */
function pathOf({ method, url, cache }: Request): string | undefined {
  const address = url.replace(/[?#].*$/, "");
  if (method !== "GET" || cache === "reload" || !address.startsWith(scope)) return undefined;
  const path = address.slice(scope.length) || "index.html";
  return Object.hasOwn(files, path) ? path : undefined;
}

/** The page by its folder: hosts lead away from its name. */
function addressOf(path: string): string {
  return scope + (path === "index.html" ? "" : path);
}
