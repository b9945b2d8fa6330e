import { parseNotebook } from "./notebook.ts";
import type { Notebook } from "./notebook.ts";
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
 * opened with; its cells and their params stay.
 */
export function translateStarter(notebook: Notebook, language: string): Notebook {
  const id = starterOf(notebook);
  if (!id) return notebook;
  const { blocks } = readStarter(id, language);
  const isSame =
    blocks.length === notebook.blocks.length &&
    blocks.every((block, i) => block.type === notebook.blocks[i]?.type);
  if (!isSame) return notebook;
  const said = notebook.blocks.map((block, i) => (block.type === "prose" ? blocks[i]! : block));
  return { ...notebook, blocks: said };
}

function textOf(id: string, language: string): string {
  const text = files[`../../public/notebooks/${id}.${language}.md`];
  if (text === undefined) throw new RangeError(`no notebook to start from: ${id} in ${language}`);
  return text;
}
