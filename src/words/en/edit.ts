/** Writing in the notebook. */
export const edit = {
  "cell.run": "Run",
  "cell.sqlOf": "SQL of {name}",
  "cell.held": "Changed and not run",
  "edit.menu": "Do with: {title}",
  "edit.fold": "Fold",
  "edit.unfold": "Unfold",
  "edit.up": "Move up",
  "edit.down": "Move down",
  "edit.duplicate": "Duplicate",
  "edit.fork": "Edit as SQL",
  "edit.remove": "Remove",
  "edit.add": "Add here",
  "edit.addAnalysis": "Analysis…",
  "edit.addSql": "SQL",
  "edit.addText": "Text",
  "edit.text": "Edit the text",
  "edit.textDone": "Done",
  "edit.chooseAnalysis": "Choose an analysis",
  "edit.findAnalysis": "Find an analysis",
  "edit.rename": "Name of the cell",
  "edit.renameBad": "That cannot be its name: {name}",
  "edit.textEmpty": "Write here. Markdown: # heading, **bold**, - list",
  "edit.new": "Nothing in it yet",
  "edit.readOnly": "This document is of a later version. It is shown as it is and not changed.",
  "keys.redo": "Take back what was taken back",
  "document.title": "Document",
  "document.open": "Open a notebook…",
  "document.save": "Save as Markdown",
  "document.link": "Copy a link to it",
  "document.linkCopied":
    "Copied: {count} characters. The link holds the notebook with its filter and the names of columns, and no rows.",
  "document.linkInBar":
    "The browser did not allow copying: the link is now the address of this page.",
  "document.waits":
    "This notebook has {count} {count|cell|cells} and no data. Drop the files it is to be read with.",
  "document.own":
    "{count} of them {count|has SQL of its own|have SQL of their own}, which reads the files of this tab and nothing else.",
  "document.inside": "What is in it",
  "document.close": "Close it",
  "document.inert":
    "This notebook comes from a file or a link. None of its {count} {count|cell|cells} has run yet.",
  "document.consent": "Run it",
  "document.notRun": "Not run yet",
  "document.unreadable":
    "This notebook cannot be opened, and what was here is as it was. {message}",
  "document.fault.word":
    "Line {line}: “{word}” is not understood; a setting is written name=value.",
  "document.fault.text":
    "Line {line}: {word} is not closed by a quotation mark, or has a character that must be escaped.",
  "document.fault.file": "Line {line}: it does not say what kind of file it is, such as orders.",
  "document.fault.columns": "Line {line}: {word} is no list of columns.",
  "document.fault.filter": "Line {line}: a filter is written attribute=value.",
  "document.fault.filterValue": "Line {line}: the filter has no value of {word}.",
  "document.fault.day": "Line {line}: “{word}” is no day; it is written 2026-03-31.",
  "document.fault.mark": "Line {line}: the filter does not say which analysis its mark is of.",
  "document.fault.unclosed":
    "Line {line}: the cell that begins here has no end; close it with a line of ```.",
  "document.fault.twoFilters": "Line {line}: a second filter; a notebook has one.",
  "document.fault.twoCells":
    "Line {line}: a second cell with the name {word}; each name stands once.",
  "document.fault.name":
    "Line {line}: “{word}” cannot be the name of a cell; take letters, digits and _.",
  "document.fault.analysis":
    "Line {line}: it does not say which analysis it is, such as cohort-retention.",
  "document.why.absent":
    "{path} is not on this host. Ask whoever sent the link whether the study has moved.",
  "document.why.damagedLink": "The link is damaged; it may have been cut short when it was copied.",
  "document.why.elsewhere":
    "{path} does not lie below the folder of this page, and is not asked for.",
  "document.why.noCells":
    "{path} holds no notebook. The link should name the notebook of the study, which ends in .md.",
  "document.why.noText": "The file is no text in UTF-8, or it is gone.",
  "document.why.tooLarge": "The file is too large for a notebook.",
  "filter.more": "narrow further",
  "filter.absent": "Not in the files",
  "filter.first": "First order",
  "filter.firstFrom": "First order from",
  "filter.firstUntil": "First order until",
  "filter.until": "Observed until",
  "filter.mark": "Customers of",
  "filter.or": "or another of {count}",
  "filter.remove": "Take out: {part}",
  "filter.these": "Only these customers",
  "recipe.madeFrom": "It was made with:",
  "recipe.unfit": "The files that this notebook was made with had more:",
  "recipe.noFile": "{kind}: there is no such file",
  "recipe.noColumns": "{kind}: no column for {roles}",
  "recipe.help": "Say below which column it is, or add the file. Figures that need it say so.",
  "recipe.narrowed":
    "It is narrowed to {parts}. Where that needs a column which is missing, it leaves nobody, and figures show 0.",
  "document.study": "Save for publishing with its files",
  "cell.exportMore": "More ways to export",
  "cell.exportScaled": "PNG, {scale}×",
  "cell.exportPlain": "CSV without byte order mark",
  "cell.exportParquet": "Parquet",
  "document.print": "Print or PDF",
  "help.write": "Writing",
  "help.writeNote":
    "The notebook is a document. + between two blocks adds an analysis, SQL or text; a cell's menu folds, moves, copies or removes it, or turns it into SQL. SQL reads the tables and other cells by their names. Every step can be taken back, imports and filters too.",
  "help.filter": "Filter",
  "help.filterNote":
    "A filter takes whole customers: those in one of the chosen values of each attribute, with a first order on one of the chosen days, or counted by a mark that you opened. “Observed until” ends the time for every figure. Figures of the whole shop say that they are.",
  "help.share": "Sharing",
  "help.shareNote":
    "A link or a saved notebook holds cells, settings, filter, text and names of columns, and no rows. Whoever opens it brings files of their own, and nothing runs before they say so.",
};
