/**
 * Whether a path is one that a system or a program wrote for itself: dot files and what lies in dot
 * folders, macOS resource forks, thumbnails, and the lock file that Excel leaves beside an open book.
 *
 * @param path with "/" between folders
 */
export function isHiddenFile(path: string): boolean {
  const parts = path.split("/");
  return (
    parts.some((part) => part.startsWith(".") || part === "__MACOSX") ||
    /^(~\$.*|thumbs\.db|desktop\.ini)$/i.test(parts.at(-1) ?? "")
  );
}
