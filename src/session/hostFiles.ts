import { isDemoFile } from "./demoFiles.ts";
import type { Source } from "./source.ts";

const given = new WeakSet<Blob>();

/** Marks files as given by the page around this one, which may therefore read what is made of them. */
export function markHostFiles(files: readonly File[]): void {
  for (const file of files) given.add(file);
}

export function isHostFile(file: Blob): boolean {
  return given.has(file);
}

/** Whether a file is the reader's own: neither given by the page around this one nor of the simulated shop. */
export function isReadersOwn({ file, isFromHost }: Source): boolean {
  return !isFromHost && !isDemoFile(file);
}
