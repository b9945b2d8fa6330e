import type { Browser } from "playwright-core";
import { launch } from "./launch.ts";
import { startProxy } from "./proxy.ts";
import type { Proxy } from "./proxy.ts";

export interface SharedBrowser {
  browser: Browser;
  proxy: Proxy;
}

let shared: Promise<SharedBrowser> | undefined;

/** The browser of a test file, whose only way out is a logging proxy. Each page has its own profile. */
export function sharedBrowser(): Promise<SharedBrowser> {
  return (shared ??= start());
}

/** After the last test of a file. */
export async function closeBrowser(): Promise<void> {
  const opened = await shared?.catch(() => undefined);
  shared = undefined;
  await opened?.browser.close();
  await opened?.proxy.close();
}

async function start(): Promise<SharedBrowser> {
  const proxy = await startProxy();
  return { proxy, browser: await launch({ proxy: proxy.url }) };
}
