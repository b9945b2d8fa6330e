import { expect, it } from "vitest";
import { enginePolicy, pageHeaders, pagePolicy } from "../../src/engine/contentPolicy.ts";

it("allows nothing but the site's own files, and the wasm", () => {
  expect(pagePolicy).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /);
  expect(pagePolicy).not.toMatch(/'unsafe-eval'|https?:|\*/);
  expect(pagePolicy).not.toMatch(/script-src[^;]*'unsafe-inline'/);
  expect(enginePolicy).toBe("connect-src 'none'");
});

it("sends with every answer what a page cannot say of itself", () => {
  expect(pageHeaders["Content-Security-Policy"]).toBe(`${pagePolicy}; frame-ancestors 'none'`);
  expect(pageHeaders["X-Content-Type-Options"]).toBe("nosniff");
  expect(pageHeaders["Referrer-Policy"]).toBe("no-referrer");
  expect(pageHeaders["Cross-Origin-Opener-Policy"]).toBe("same-origin");
});
