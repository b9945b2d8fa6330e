import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import type { Report } from "../../src/report/report.ts";
import { escapeHtml, escapeJson, toHtml } from "../../src/report/toHtml.ts";

const hostile = `</script><script>alert(1)</script><!-- --> <img src=x onerror=alert(1)> "'&\u2028\u2029`;
const report: Report = {
  title: hostile,
  locale: "en",
  version: "1.2.3",
  currency: null,
  period: null,
  totals: null,
  files: [hostile],
  questions: [],
  filter: null,
  by: null,
  segments: [],
  smallest: 5,
  hasCustomers: false,
  blocks: [],
};
const viewer = { script: "document.title", style: "p { color: red }</style>" };

it("lets nothing of the data end the element that holds it, and gives it back whole", async () => {
  const html = await toHtml(report, viewer);
  expect(html.match(/<script/g)).toHaveLength(2);
  expect(html.match(/<\/script>/g)).toHaveLength(2);
  expect(html.match(/<\/style>/g)).toHaveLength(1);
  expect(html).not.toContain("<img");
  expect(html).not.toContain("<!-- -->");
  expect(html.slice(html.indexOf('id="data"'))).not.toMatch(/[\u2028\u2029]/);
  const [, json = ""] = /id="data">(.*?)<\/script>/s.exec(html) ?? [];
  expect(JSON.parse(json)).toEqual(report);
});

it("allows its own script and nothing of any network", async () => {
  const html = await toHtml(report, viewer);
  const checksum = createHash("sha256").update(viewer.script).digest("base64");
  const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
  expect(policy).toBe(
    `default-src 'none'; script-src 'sha256-${checksum}'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`,
  );
  expect(html).toContain(`<script>${viewer.script}</script>`);
});

it("escapes what means something to HTML", () => {
  expect(escapeHtml(`<a href="x">'&`)).toBe("&#60;a href=&#34;x&#34;&#62;&#39;&#38;");
  expect(escapeJson({ text: "</script>\u2028&" })).toBe(
    '{"text":"\\u003c/script\\u003e\\u2028\\u0026"}',
  );
});
