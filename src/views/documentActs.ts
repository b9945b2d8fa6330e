import type { Session } from "../session/session.svelte.ts";
import { saveBlob } from "./saveBlob.ts";

/** The document to the reader's downloads; for a study that is published with the names of its files. */
export function saveDocument(session: Session, options?: { isNamed: boolean }): void {
  const file = session.exportDocument(options);
  saveBlob(file, file.name);
}

/** A link to the document to the clipboard. @returns what to say of it */
export async function copyLink(session: Session): Promise<string> {
  const link = await session.shareLink(location.href);
  try {
    await navigator.clipboard.writeText(link);
    return session.text("document.linkCopied", { count: link.length });
  } catch {
    // without leave to the clipboard it stands where it can be copied by hand
    history.replaceState(null, "", link);
    return session.text("document.linkInBar");
  }
}

export function saveRowCount(session: Session): void {
  saveBlob(session.exportReconciliation(), "perennial-reconciliation.csv");
}

/** Asks the reader for files; what was chosen is opened or read. */
export function chooseFiles(session: Session): void {
  const picker = Object.assign(document.createElement("input"), { type: "file", multiple: true });
  picker.onchange = () => void session.take([...(picker.files ?? [])]);
  picker.click();
}
