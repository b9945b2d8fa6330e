import { afterEach, expect, it, vi } from "vitest";
import { errorText } from "../../src/session/errorText.ts";
import { readStudy, studyPath } from "../../src/session/study.ts";
import { text } from "../../src/words/words.ts";

const base = "https://host.example/perennial/index.html";
const notebook =
  "# T\n\n```analysis overview\n```\n\n```file orders src=data/a.csv amount=x\n```\n\n```file costs amount=y\n```\n";

function host(files: Record<string, string | Response>): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (address: URL) => {
    asked.push(address.pathname);
    const found = files[address.pathname];
    if (found instanceof Response) return Promise.resolve(found);
    return Promise.resolve(
      found === undefined ? new Response("", { status: 404 }) : new Response(found),
    );
  });
  return asked;
}
afterEach(() => vi.unstubAllGlobals());

it("finds a study's address in a fragment", () => {
  expect(studyPath("#study=studies%2Fa%20b/notebook.md")).toBe("studies/a b/notebook.md");
  expect(studyPath("#n=abc")).toBeUndefined();
  expect(studyPath("#study=cut%E5%8")).toBe("cut%E5%8");
});

it("fetches the notebook and the files that it names, which lie beside it", async () => {
  const asked = host({ "/perennial/s/n.md": notebook, "/perennial/s/data/a.csv": "x\n1\n" });
  const { document, files } = await readStudy("s/n.md", base);
  expect(document).toBe(notebook);
  expect(await Promise.all(files.map(async (file) => [file.name, await file.text()]))).toEqual([
    ["a.csv", "x\n1\n"],
  ]);
  expect(asked).toEqual(["/perennial/s/n.md", "/perennial/s/data/a.csv"]);
});

it.each([
  "../n.md",
  "s/../../n.md",
  "/n.md",
  "https://other.example/perennial/n.md",
  "//other.example/n.md",
  "\\\\other.example\\n.md",
  "s/n.md?secret",
  "javascript:alert(1)",
])("asks for nothing at %j", async (path) => {
  const asked = host({});
  await expect(readStudy(path, base)).rejects.toThrow("not below the folder /perennial/");
  expect(asked).toEqual([]);
});

it("asks for no file that a notebook names outside of its folder", async () => {
  const asked = host({ "/perennial/s/n.md": notebook.replace("data/a.csv", "../../a.csv") });
  await expect(readStudy("s/n.md", base)).rejects.toThrow("not below the folder /perennial/s/");
  expect(asked).toEqual(["/perennial/s/n.md"]);
});

it("takes no other file for a notebook", async () => {
  host({ "/perennial/s/orders.csv": "customer,amount\nann,1\n" });
  await expect(readStudy("s/orders.csv", base)).rejects.toMatchObject({ code: "noCells" });
});

it.each(["en", "zh-Hans", "zh-Hant"] as const)("says what is wrong in %s", async (locale) => {
  host({});
  const error: unknown = await readStudy("春/n.md", base).catch((reason: unknown) => reason);
  const words = { text: (key: string, values = {}) => text(locale, key, values) };
  const path = "/perennial/春/n.md";
  expect(errorText(words, error).message).toBe(
    words.text("document.unreadable", { message: words.text("document.why.absent", { path }) }),
  );
  expect(words.text("document.why.absent", { path })).toContain(path);
});

it("names what is not there, and takes no page for it", async () => {
  host({});
  await expect(readStudy("n.md", base)).rejects.toThrow("not there: /perennial/n.md (404)");
  const page = new Response("<!doctype html>", { headers: { "content-type": "text/html" } });
  host({ "/perennial/n.md": page });
  await expect(readStudy("n.md", base)).rejects.toThrow("not there: /perennial/n.md (a page)");
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
  await expect(readStudy("n.md", base)).rejects.toThrow("not to be had: /perennial/n.md");
});
