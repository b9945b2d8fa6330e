import { parseNotebook } from "./parseNotebook.ts";
import type { Block, Notebook, Prose } from "./notebook.ts";
import { headingOf } from "./proseHtml.ts";

const files = import.meta.glob<string>("../../public/notebooks/*.md", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** The notebooks to start from, in the order they are offered: files `<id>.<language>.md`. */
export const starterIds = [
  "overview",
  "cohort-study",
  "customer-value",
  "private-domain",
  "word-of-mouth",
  "board-pack",
] as const;

/**
 * A notebook to start from, in a language.
 *
 * @throws RangeError when there is none of that name
 */
export function readStarter(id: string, language: string): Notebook {
  return parseNotebook(textOf(id, language));
}

export function starterTitle(id: string, language: string): string {
  return headingOf(textOf(id, language)) ?? id;
}

/** Which of them a notebook is, in whatever language, by its title; undefined for any other document. */
export function starterOf({ blocks: [first] }: Notebook): string | undefined {
  const title = first?.type === "prose" ? headingOf(first.markdown) : undefined;
  const path = Object.keys(files).find((name) => headingOf(files[name]!) === title);
  return path && /([^/.]+)\.[^/]+$/.exec(path)?.[1];
}

/**
 * The prose of a notebook to start from in another language, where it still has the blocks that it was
 * opened with; what was written anew stays, and so do its cells and their params.
 */
export function translateStarter(notebook: Notebook, language: string): Notebook {
  const id = starterOf(notebook);
  if (!id) return notebook;
  const wanted = readStarter(id, language).blocks;
  const known = languages.map((tag) => readStarter(id, tag).blocks);
  const own = notebook.blocks.filter(({ type }) => type !== "filter");
  if (own.length !== wanted.length) return notebook;
  const blocks = notebook.blocks.map((block) => {
    if (block.type !== "prose") return block;
    const at = own.indexOf(block);
    const isKnown = known.some((said) => isSameText(said[at], block));
    return isKnown && wanted[at]?.type === "prose" ? { ...wanted[at], id: block.id } : block;
  });
  return { ...notebook, blocks };
}

const languages = ["en", "zh-Hans", "zh-Hant"];

function isSameText(said: Block | undefined, block: Prose): boolean {
  return said?.type === "prose" && said.markdown === block.markdown;
}

function textOf(id: string, language: string): string {
  const text = files[`../../public/notebooks/${id}.${language}.md`];
  if (text === undefined) throw new RangeError(`no notebook to start from: ${id} in ${language}`);
  return text;
}
