import { expect, it } from "vitest";
import {
  enginePolicy,
  headerRules,
  headersOf,
  pageHeaders,
  pagePolicy,
} from "../../src/engine/contentPolicy.ts";

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

it("lets one page be framed by others, and no other page", () => {
  for (const path of ["/", "/index.html", "/app/", "/assets/embed.html.js", "/xembed.html"])
    expect(headersOf(path)).toEqual(pageHeaders);
  for (const path of ["/embed.html", "/app/embed"]) {
    const { "Content-Security-Policy": policy, ...others } = headersOf(path);
    expect(policy).toBe(`${pagePolicy}; frame-ancestors *`);
    const { "Content-Security-Policy": _, ...common } = pageHeaders;
    expect(others).toEqual(common);
  }
});

it("says so to hosts that join the headers of all rules that fit", () => {
  const rules = headerRules()
    .split(/\n(?=\/)/)
    .map((rule) => rule.trim().split("\n"));
  const policies = (path: string) =>
    rules
      .filter(([of = ""]) => of === path || (of.endsWith("*") && path.startsWith(of.slice(0, -1))))
      .flatMap(([, ...lines]) => lines)
      .filter((line) => line.includes("Content-Security-Policy"))
      .map((line) => line.replace(/^.*?: /, ""));
  for (const path of ["/", "/index.html"])
    expect(policies(path)).toEqual([pagePolicy, "frame-ancestors 'none'"]);
  for (const path of ["/embed.html", "/embed", "/assets/a.js", "/engine/a.gz"])
    expect(policies(path)).toEqual([pagePolicy]);
});
