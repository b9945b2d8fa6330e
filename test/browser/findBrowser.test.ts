import { accessSync, constants } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import { findBrowser } from "./support/findBrowser.ts";

afterEach(() => void vi.unstubAllEnvs());

it("takes the browser that $CHROMIUM names, and says so when it cannot be run", () => {
  vi.stubEnv("CHROMIUM", process.execPath);
  expect(findBrowser()).toBe(process.execPath);
  vi.stubEnv("CHROMIUM", "/nowhere/chromium");
  expect(() => findBrowser()).toThrow("$CHROMIUM names no program that can be run");
});

it("finds one that can be run where none is named", () => {
  vi.stubEnv("CHROMIUM", "");
  expect(() => accessSync(findBrowser(), constants.X_OK)).not.toThrow();
});
