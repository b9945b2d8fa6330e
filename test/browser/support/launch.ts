import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { findBrowser } from "./findBrowser.ts";

export interface LaunchOptions {
  /** of a proxy that stands in for the internet; every request then goes to it, loopback too */
  proxy?: string;
}

const quietFlags = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
  "--disable-dev-shm-usage",
];

/** Starts the Chromium that the tests found, headless and without its own errands. */
export function launch({ proxy }: LaunchOptions = {}): Promise<Browser> {
  const toProxy = proxy ? [`--proxy-server=${proxy}`, "--proxy-bypass-list=<-loopback>"] : [];
  return chromium.launch({
    executablePath: findBrowser(),
    timeout: 90_000, // the machine may be busy
    args: [...quietFlags, ...toProxy],
  });
}
