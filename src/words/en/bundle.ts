/** Sending a notebook with its data, and opening one that was sent. */
export const bundle = {
  "document.send": "Send with its data…",
  "bundle.send": "Send with its data",
  "bundle.sendLead":
    "One encrypted file with the notebook and these files as they are. Its key is not in it: it goes in a link, by another way. Whoever has both can read everything.",
  "bundle.files": "Files that leave",
  "bundle.columns": "{count} {count|column|columns}",
  "bundle.persons": "{count} {count|column|columns} that may tell who a customer is: {columns}",
  "bundle.noPersons": "no column seen that tells who a customer is",
  "bundle.personsNote":
    "Which columns tell of persons is a guess from their names and first rows. Look at them yourself; what need not leave, leave out of the file.",
  "bundle.document": "The notebook that leaves",
  "bundle.cells": "{count} {count|cell|cells}",
  "bundle.nothingElse":
    "With them goes how the files were read: answers and corrections. Nothing else leaves: no other study, no checkpoint, no earlier step, not your name.",
  "bundle.noFile": "Choose at least one file. Without data a link to the notebook is enough.",
  "bundle.seal": "Encrypt and save",
  "bundle.sealing": "Encrypting…",
  "bundle.cancel": "Cancel",
  "bundle.failed": "The file could not be made: {message}",
  "bundle.sealed": "{file} is saved ({size}). Two things are to be sent, by two ways:",
  "bundle.sealedFile": "The file, by whatever carries it: mail, chat, a shared folder.",
  "bundle.sealedLink":
    "This link, by another way. It holds the key, which is kept nowhere else: without it nobody opens the file again, you neither.",
  "bundle.link": "Link with the key",
  "bundle.copy": "Copy the link",
  "bundle.copied": "Copied",
  "bundle.notCopied": "The browser did not allow copying. The link is selected: copy it by hand.",
  "bundle.done": "Done",
  "bundle.open": "Open a study that you were sent",
  "bundle.openLead":
    "It is decrypted in this page and sent nowhere. Nothing in it runs before you say so, and what is open here can be brought back by undo.",
  "bundle.file": "The encrypted file",
  "bundle.noFileYet":
    "The key is here. The study itself is in a file that ends in .perennial and came by another way than the link.",
  "bundle.choose": "Choose the file…",
  "bundle.key": "The link or the key",
  "bundle.decrypt": "Open",
  "bundle.opening": "Decrypting…",
  "bundle.why.not-bundle":
    "This file is no study of Perennial's. Ask for the file that ends in .perennial; some mail programs change or unpack what they carry.",
  "bundle.why.newer":
    "This file was made by a later version of Perennial. Reload this page, or ask whoever hosts it to update it.",
  "bundle.why.bad-key":
    "That is not a whole key. Copy the link again, to its very end: the key is the 43 letters after #open=.",
  "bundle.why.wrong-key":
    "The key is not the one of this file. Each file has a link of its own: see whether another came with it, or ask for both once more.",
  "bundle.why.truncated":
    "The end of this file is missing. It was probably not copied or downloaded whole: fetch it once more.",
  "bundle.why.damaged":
    "This file is not as it was made: something changed it on the way. Fetch it once more, or ask for it by another way.",
  "bundle.why.too-large":
    "This file unfolds to more than a page can hold. Ask for one with fewer files or a shorter period.",
  "bundle.why.unreadable":
    "The browser may not read this file, or it is gone. Copy it to a folder of this machine and choose it again.",
  "personal.email": "e-mail",
  "personal.phone": "phone",
  "personal.name": "name",
  "personal.address": "address",
  "personal.birthday": "birthday",
  "personal.document": "identity number",
  "personal.customer": "customer number",
  "personal.remark": "free text",
};
