import { expect, it } from "vitest";
import type { NotebookError } from "../../src/notebook/notebookError.ts";
import { parseNotebook } from "../../src/notebook/parseNotebook.ts";
import {
  documentName,
  isDocument,
  readDocument,
  toDocumentError,
} from "../../src/session/documents.ts";
import { errorText } from "../../src/session/errorText.ts";
import { text } from "../../src/words/words.ts";

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
  const written = "\uFEFF# T\r\n";
  expect(await readDocument(new File([written], "a.md"))).toBe(written);
  const latin = new File([Uint8Array.of(0x23, 0x20, 0xe9)], "a.md");
  await expect(readDocument(latin)).rejects.toThrow("not UTF-8 text");
  const large = new File([new Uint8Array(2_000_001)], "a.md");
  await expect(readDocument(large)).rejects.toThrow("too large: 2000001 bytes");
});

it.each([
  ["analysis", "```analysis\n```"],
  ["word", "```analysis rfm bins\n```"],
  ["unclosed", "```analysis rfm"],
  ["name", "```sql two-words\n```"],
  ["twoCells", "```sql a\n```\n```sql a\n```"],
  ["text", '```analysis rfm a="\\x"\n```'],
  ["file", "```file role=x\n```"],
  ["columns", '```file orders amount="[1,"\n```'],
  ["filter", "```filter\n```"],
  ["filterValue", "```filter shop=null\n```"],
  ["day", "```filter until=yesterday\n```"],
  ["mark", '```filter mark=""\n```'],
  ["twoFilters", "```filter a=1\n```\n```filter a=2\n```"],
])("says in every language what is wrong, and in which line: %s", (code, markdown) => {
  let error: unknown;
  try {
    parseNotebook(markdown);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ name: "NotebookError", code });
  const { line, word, message } = error as NotebookError;
  for (const locale of ["en", "zh-Hans", "zh-Hant"] as const) {
    const words = { text: (key: string, values = {}) => text(locale, key, values) };
    const said = errorText(words, toDocumentError(error)).message;
    const fault = words.text(`document.fault.${code}`, { line, word });
    expect(said).toBe(words.text("document.unreadable", { message: fault }));
    expect(said).toContain(String(line));
    expect(said).not.toContain(message);
  }
});
