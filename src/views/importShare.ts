/**
 * Share of an import that is done, 0 to 1: what the session says, or the bytes where it says nothing
 * yet; undefined where neither is known and the bar has no end.
 */
export function importShare(progress: {
  share: number;
  bytes: number;
  totalBytes: number;
}): number | undefined {
  if (progress.share > 0) return Math.min(1, progress.share);
  if (progress.totalBytes > 0 && progress.bytes > 0)
    return Math.min(1, progress.bytes / progress.totalBytes);
  return undefined;
}
