/**
 * The text of a prebuilt query as one of the reader's own: the same, under a title that tells the two apart, and
 * without the semicolon, after which nothing can be written on.
 *
 * @param place which of its forks it is, from 1
 */
export function forkText(text: string, place: number): string {
  const mark = place > 1 ? `SQL ${place}` : "SQL";
  return text
    .trim()
    .replace(/;$/, "")
    .replace(/^-- title(\.zh-Han[st])?: (.+)$/gm, (_, language: string | undefined, title) =>
      language ? `-- title${language}: ${title}（${mark}）` : `-- title: ${title}, ${mark}`,
    );
}
