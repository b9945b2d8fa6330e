import type { Browser, Page } from "playwright-core";
import { launch } from "./launch.ts";
import { startProxy } from "./proxy.ts";
import type { Proxy } from "./proxy.ts";
import { serve } from "./serve.ts";
import type { ServeOptions, Site } from "./serve.ts";

export interface Visit {
  page: Page;
  browser: Browser;
  /** its `requests` are all that the page asked of its own host */
  site: Site;
  /** its `strays` are all that the browser asked of anybody else */
  proxy: Proxy;
  /** uncaught errors of the page */
  errors: string[];
  close: () => Promise<void>;
}

export interface VisitOptions extends ServeOptions {
  /** runs in the page before its own scripts */
  before?: () => void;
  flags?: string[];
}

/**
 * Serves a built site, starts a browser whose only way out is a logging proxy, and opens the page.
 * The page's own policy holds: `page.evaluate` works, `page.waitForFunction` does not (it needs
 * `eval`); wait with `expect.poll` or for a locator.
 */
export async function visit({ before, flags, ...served }: VisitOptions): Promise<Visit> {
  const site = await serve(served);
  const proxy = await startProxy();
  proxy.allow(site.origin);
  const browser = await launch({ proxy: proxy.url, flags });
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  if (before) await page.addInitScript(before);
  await page.goto(site.url);
  const close = async (): Promise<void> => {
    await browser.close();
    await site.close();
    await proxy.close();
  };
  return { page, browser, site, proxy, errors, close };
}
