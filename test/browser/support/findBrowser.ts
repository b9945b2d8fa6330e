import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const usualFiles = [
  "/snap/bin/chromium",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];
const installMinutes = 10;

/**
 * Finds a Chromium to run the page in: `$CHROMIUM`, then one of the machine, then Playwright's own,
 * then, where that is allowed, the distribution's package is installed.
 *
 * @returns the path of its executable
 * @throws Error with a sentence that says what to install
 */
export function findBrowser(): string {
  const chosen = process.env["CHROMIUM"];
  if (chosen) {
    if (isExecutable(chosen)) return chosen;
    throw new Error(`$CHROMIUM names no program that can be run: ${chosen}`);
  }
  const found = findOnMachine() ?? findOfPlaywright() ?? installPackage();
  if (found) return found;
  throw new Error(
    "No Chromium was found. Install one (for example `apt-get install chromium`, " +
      "`brew install --cask chromium` or `npx playwright install chromium`), " +
      "or set CHROMIUM to the path of a Chromium or Chrome.",
  );
}

function findOnMachine(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  const files = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...files, ...usualFiles].find(isExecutable);
}

function findOfPlaywright(): string | undefined {
  const path = chromium.executablePath();
  return path && isExecutable(path) ? path : undefined;
}

function installPackage(): string | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const options = {
    stdio: "inherit",
    timeout: installMinutes * 60_000,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  } as const;
  try {
    execFileSync("apt-get", ["update", "-q"], options);
    execFileSync(
      "apt-get",
      ["install", "-y", "-q", "--no-install-recommends", "chromium"],
      options,
    );
  } catch {
    return undefined;
  }
  return findOnMachine();
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
