/** A report: making one, and reading it. */
export const report = {
  "report.make": "Report…",
  "report.makeTitle": "Make a report",
  "report.lead":
    "One HTML file that opens from disk without any network: the figures as they stand, with their charts, tables and definitions.",
  "report.title": "Title",
  "report.by": "Can be narrowed by",
  "report.byNone": "nothing: everybody only",
  "report.byFilter": "The notebook shows one segment already",
  "report.smallest": "Fewest customers behind a figure",
  "report.customers": "With the rows of customers",
  "report.customersNote": "Their ids, orders and values are then in the file, for whoever has it.",
  "report.language": "Opens in",
  "report.preview": "Preview…",
  "report.previewTitle": "What leaves",
  "report.previewCells": "{count} {count|figure|figures}, {rows} {rows|row|rows}",
  "report.previewWithheld": "{count} {count|row|rows} withheld",
  "report.previewLeftOut": "Left out, since each row is a customer: {cells}",
  "report.previewUnknown": "Left out, since nothing says whom the rows count: {cells}",
  "report.previewFew": "Withheld, since too few customers are behind it: {cells}",
  "report.previewSize": "{size} kB",
  "report.preparing": "Putting it together…",
  "report.preparingCell": "Putting it together: {title}",
  "report.cancel": "Cancel",
  "report.download": "Download",
  "report.failed": "The report could not be made: {message}",
  "report.badSmallest": "A whole number from 1 on",
  "report.withheld": "withheld",
  "report.withheldRows":
    "{count} {count|row|rows} withheld: fewer than {smallest} customers, or a row that would give such a number back.",
  "report.thinned":
    "Some steps of the curve are left out, so that each of those shown is of {smallest} customers or more.",
  "report.leftOut": "Left out of this report: each row is a customer.",
  "report.leftOutUnknown":
    "Left out of this report: its SQL does not say whom its rows count (-- counts: …).",
  "report.everybodyOnly": "Everybody: this figure is not narrowed",
  "report.noSentence":
    "The sentence is withheld: it would tell a number that is withheld in the figure.",
  "report.leftOutFew":
    "Withheld: all of its numbers are of fewer than {smallest} customers, or would give such a number back.",
  "report.chartWithheld":
    "Withheld: every mark of this chart is about fewer than {smallest} customers, or would give such a number back.",
  "report.asOf": "Data of {from} to {to}; every figure as of {to}.",
  "report.files": "Files",
  "report.questions": "Not settled by the files",
  "report.taken": "taken for it: {guess}",
  "report.filter": "Only: {segment}",
  "report.contents": "Contents",
  "report.settings": "Settings",
  "report.about": "About this report",
  "report.made":
    "Made with Perennial {version} from a notebook, in the browser; nothing was sent anywhere.",
  "report.frozen":
    "Its figures do not change any more. No network is asked for anything: the file forbids that to itself.",
  "report.rule":
    "No number of customers from 1 to {most} is in this file, nor one that subtraction gives back. A row with such a number, or whose remainder is one, has its figures withheld; where the rows withheld would follow from a total, the next smallest is withheld as well, and so on until none follows. Every total of a table over any of its columns, every total that a sentence names and the figures of everybody beside those of segments are taken as known. Curves skip single steps. Nobody at all, 0, is shown. Amounts of money follow the counts beside them: one that has no count of its own is shown, also where few customers brought part of it. Each figure is held against its own totals and segments, not against combinations of several analyses.",
  "report.noRule":
    "Nothing was withheld for being about few: numbers of a single customer may be in this file.",
  "report.customersIn": "The rows of customers are in this file, because that was asked for.",
  "report.print": "Print",
  "report.notIncluded": "Not in this report",
  "report.definitions": "Definitions",
  "print.firstRows": "The first {shown} of {rows} rows; all of them are in the page.",
  "print.columnsLeftOut": "Columns left out on paper: {columns}. All of them are in the page.",
};
