/** Hands a file to the reader's downloads; nothing leaves the browser. */
export function saveBlob(
  blob: Blob,
  name: string,
  { document = globalThis.document }: { document?: Document } = {},
): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Safari reads the address after the click returns.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
