import type { Browser, Page } from "playwright-core";
import type { Proxy } from "./proxy.ts";
import { serve } from "./serve.ts";
import type { ServeOptions, Site } from "./serve.ts";
import { sharedBrowser } from "./sharedBrowser.ts";

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
  /** with transitions and animations, which take the processor and move what is to be clicked */
  isMoving?: boolean;
  /** whether the page may keep its own files, as it does for a reader; not, so that it costs no time, by default */
  isKept?: boolean;
  /** what stands behind the address, with its `#` */
  fragment?: string;
}

/** for whatever the page is waited for: the machine may be busy */
export const patienceMs = 90_000;

/**
 * Serves a built site and opens it in a page with a profile of its own, in the browser of the test
 * file, whose only way out is a logging proxy.
 * The page's own policy holds: `page.evaluate` works, `page.waitForFunction` does not (it needs
 * `eval`); wait with `expect.poll` or for a locator.
 */
export async function visit({
  before,
  isMoving,
  isKept,
  fragment = "",
  ...served
}: VisitOptions): Promise<Visit> {
  const site = await serve(served);
  const { browser, proxy } = await sharedBrowser();
  proxy.allow(site.origin);
  const context = await browser.newContext({
    reducedMotion: isMoving ? "no-preference" : "reduce",
    serviceWorkers: isKept ? "allow" : "block",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  if (before) await page.addInitScript(before);
  await page.goto(site.url + fragment);
  const close = async (): Promise<void> => {
    await context.close();
    await site.close();
  };
  return { page, browser, site, proxy, errors, close };
}
