/** What the browser keeps: studies, their checkpoints and files. */
export const kept = {
  "kept.title": "Studies in this browser",
  "kept.note":
    "Documents and their checkpoints stay in this browser and are sent nowhere. Files are kept only where you say so.",
  "kept.studies": "Studies",
  "kept.saving": "Saving…",
  "kept.saved": "Saved",
  "kept.savedAt": "Saved in this browser, {time}",
  "kept.unsaved": "Not saved",
  "kept.readOnly": "Read only",
  "kept.why.unavailable":
    "Not saved: this browser keeps nothing for this page, as in a private window. Everything works until the tab closes.",
  "kept.why.newer":
    "Not saved: a later version of this page has kept studies in this browser. Reload the page to get it.",
  "kept.why.full":
    "Not saved: the browser has no room left for this page. What was saved before is still there.",
  "kept.why.timeout": "Not saved: the browser's storage does not answer.",
  "kept.why.gone":
    "Not saved: what this browser kept of the study was removed. It is in this tab only.",
  "kept.why.conflict": "Not saved: another tab has written this study.",
  "kept.why.failed": "Not saved: the browser's storage reports an error.",
  "kept.noFiles":
    "The files were not kept: the browser could not take them. The document is saved.",
  "kept.noFilesFull":
    "The files were not kept: the browser has no room for them. The document is saved.",
  "kept.download": "Download the document",
  "kept.retry": "Save again",
  "kept.elsewhere": "This study is being written in another tab. Here it can be read.",
  "kept.takeOver": "Take over here",
  "kept.misfitMissing": "Not given: {files}.",
  "kept.misfitChanged": "Other columns than before: {files}.",
  "kept.misfitAdded": "New to this study: {files}.",
  "kept.damaged":
    "The last state of “{title}” was damaged and has been set aside. The state before it opens.",
  "kept.lost":
    "A study was damaged, and no earlier state of it can be read. What is left has been set aside.",
  "kept.damagedSave": "Download what is left",
  "kept.last": "Go on where you were",
  "kept.goOn": "Go on",
  "kept.goOnWithout": "Go on without the files",
  "kept.readFiles": "Read the files again",
  "kept.interrupted": "The tab closed while the files of this study were being read.",
  "kept.all": "All studies ({count})",
  "kept.withFiles": "with its files",
  "kept.asksFiles": "asks for its files",
  "kept.isDemo": "demo data",
  "kept.waiting": "This study needs its files again",
  "kept.waitingNote":
    "They were not kept in this browser. Files with the same columns fit under any name, and what you corrected and answered is still known.",
  "kept.waitingGone":
    "This browser no longer has the files it kept. Files with the same columns fit under any name.",
  "kept.document": "The document",
  "kept.close": "Close this study",
  "kept.closeDocument":
    "Close this notebook? The document stays in this browser; the files do not, and are asked for again.",
  "kept.closeWhole": "Close this notebook? It stays in this browser with its files.",
  "kept.this": "This study",
  "kept.name": "Name",
  "kept.keepFiles": "Keep its files in this browser too",
  "kept.keepFilesNote":
    "Then it opens with its figures. The files stay on this machine, where whoever uses this browser profile could open them.",
  "kept.checkpoints": "Checkpoints",
  "kept.checkpointsNote": "A checkpoint keeps the document as it is now, under a name.",
  "kept.checkpointName": "Name of the checkpoint",
  "kept.checkpointAdd": "Add a checkpoint",
  "kept.goBack": "Go back to it",
  "kept.original": "Before it was changed to this version",
  "kept.replaced": "Before it was replaced",
  "kept.past": "Other studies",
  "kept.none": "No other study is kept in this browser.",
  "kept.untitled": "Untitled",
  "kept.open": "Open",
  "kept.menu": "Do with: {title}",
  "kept.rename": "Rename",
  "kept.renameDone": "Done",
  "kept.forgetFiles": "Forget its files",
  "kept.delete": "Delete",
  "kept.deleteAsk": "Delete “{title}”?",
  "kept.cancel": "Cancel",
  "kept.used": "{bytes} in use in this browser",
  "kept.forget": "Forget everything",
  "kept.forgetAsk":
    "Remove all studies, files and remembered answers of this page from this browser? What is open stays in this tab until it closes.",
  "kept.forgotten": "Done. Nothing of this page is left in the storage of this browser.",
  "kept.forgetLeft":
    "Could not be removed: {kinds}. Clear the data of this site in the settings of the browser.",
  "kept.failed": "That did not work: {message}",
};
