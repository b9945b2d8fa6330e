import type { Study } from "../storage/study.ts";

interface Words {
  text: (key: string, values?: Record<string, string | number>) => string;
}

/** What a study is called: by its reader, else by its document. */
export function studyTitle({ name, title }: Pick<Study, "name" | "title">, words: Words): string {
  return name || title || words.text("kept.untitled");
}

/** Its files by name, the first of many, and whether they are there. */
export function studyFiles({ files, keepsFiles, demo }: Study, words: Words): string {
  if (demo) return words.text("kept.isDemo");
  const [first, second, ...more] = files.map(({ name }) => name);
  const named = [first, second].filter((name) => name !== undefined);
  const names = [...named, ...(more.length > 0 ? [`+${more.length}`] : [])].join(", ");
  return [names, words.text(keepsFiles ? "kept.withFiles" : "kept.asksFiles")]
    .filter(Boolean)
    .join(" · ");
}
