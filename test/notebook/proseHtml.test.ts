import { expect, it } from "vitest";
import { headingOf, proseHtml } from "../../src/notebook/proseHtml.ts";

it("writes CommonMark as HTML", () => {
  expect(proseHtml("# A\n\nsome *words*, a [link](https://example.org)\n\n- one")).toBe(
    '<h1 aria-level="2">A</h1>\n<p>some <em>words</em>, a <a href="https://example.org">link</a></p>\n' +
      "<ul>\n<li>one</li>\n</ul>",
  );
});

it("ends emphasis beside Chinese characters", () => {
  expect(proseHtml("先从**高价值（高危）**开始")).toBe(
    "<p>先从<strong>高价值（高危）</strong>开始</p>",
  );
});

it.each([
  "<script>alert(1)</script>",
  '<img src=x onerror="alert(1)">',
  "[x](javascript:alert(1))",
  "[x](data:text/html,<script>alert(1)</script>)",
  "![x](javascript:alert(1))",
  "<a href='javascript:1'>x</a>",
  '[x](https://a.b "onclick=\\"alert(1)\\"")',
])("lets nothing through that could act: %s", (text) => {
  const html = proseHtml(text);
  expect(html).not.toMatch(/<(script|img[^>]+onerror|a [^>]*(javascript|data):)/i);
  expect(html).not.toMatch(/(href|src)="(javascript|data):/i);
  expect(html).not.toMatch(/<[^>]*\son\w+=/i);
});

it("finds the first heading of the first two levels", () => {
  expect(headingOf("text\n\n## Two ##\n\n# One")).toBe("Two");
  expect(headingOf("### Three\n#no heading")).toBeUndefined();
});
