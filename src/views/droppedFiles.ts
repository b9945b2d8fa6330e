import { isHiddenFile } from "../intake/isHiddenFile.ts";

const filesLimit = 2001; // one more than an import takes, so that it says so and nobody waits

/**
 * The files of a drop, those of folders in it included and named by their path: "2024/03/orders.csv".
 * Hidden files of folders are left out. What cannot be opened, and a drop without any file, stand
 * there as an empty file, so that the import says so. Must be called while the event is handled.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<File[]> {
  const plain = [...transfer.files];
  const entries = [...transfer.items]
    .filter(({ kind }) => kind === "file")
    .map((item) => item.webkitGetAsEntry());
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const files: File[] = [];
  for (const entry of entries) if (entry) await take(entry, "", files);
  const [first] = entries;
  return files.length === 0 && first ? [new File([], first.name)] : files;
}

/** @param path of the entry inside the folder that was dropped; "" for what was dropped itself */
async function take(entry: FileSystemEntry, path: string, files: File[]): Promise<void> {
  if (files.length >= filesLimit || (path !== "" && isHiddenFile(path))) return;
  const name = entry.fullPath.replace(/^\//, "");
  try {
    if (isFile(entry)) {
      const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
      files.push(path === "" ? file : new File([file], name, { type: file.type }));
      return;
    }
    const children = await readAll(entry as FileSystemDirectoryEntry);
    children.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const child of children)
      await take(child, path === "" ? child.name : `${path}/${child.name}`, files);
  } catch {
    files.push(new File([], name));
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

/** A reader gives a hundred entries at a time, and none when it is at its end. */
async function readAll(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}
