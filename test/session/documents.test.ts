import { expect, it } from "vitest";
import { documentName, isDocument, readDocument } from "../../src/session/documents.ts";

it("tells a notebook from data by its name", () => {
  for (const name of ["a.md", "B.MD", "x.markdown"]) expect(isDocument({ name })).toBe(true);
  for (const name of ["a.csv", "md", "a.md.csv"]) expect(isDocument({ name })).toBe(false);
});

it.each([
  ["Spring study", "Spring study.md"],
  ["春季 研究", "春季 研究.md"],
  ["a/b: c?", "a b c.md"],
  ["..", "perennial.md"],
  [undefined, "perennial.md"],
  ["x".repeat(300), `${"x".repeat(80)}.md`],
  ["evil\u202Etxt", "evil txt.md"],
])("saves %j as %s", (title, name) => {
  expect(documentName(title)).toBe(name);
});

it("reads text as it stands, and refuses what is none", async () => {
  const text = "\uFEFF# T\r\n";
  expect(await readDocument(new File([text], "a.md"))).toBe(text);
  const latin = new File([Uint8Array.of(0x23, 0x20, 0xe9)], "a.md");
  await expect(readDocument(latin)).rejects.toThrow("not UTF-8 text");
  const large = new File([new Uint8Array(2_000_001)], "a.md");
  await expect(readDocument(large)).rejects.toThrow("too large: 2000001 bytes");
});
