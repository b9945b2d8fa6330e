/** What became of every row: the reconciliation, the rejects, and files that were refused. */
export const rows = {
  "rows.title": "Every row accounted for",
  "rows.tie":
    "{read} read = {kept} kept + {merged} merged + {excluded} excluded + {rejected} rejected",
  "rows.ties": "The rows and amounts tie to the file.",
  "rows.tiesNot": "The rows do not tie to the file. Please report this file's structure.",
  "rows.rejects": "Rejected rows",
  "rows.rejectsExport": "Save the rejected rows (CSV)",
  "rows.export": "Download the reconciliation",
  "rows.rejectsNone": "No row was rejected.",
  "rows.rejectsMore": "and {count} more {count|row|rows} in the CSV",
  "rows.line": "Line",
  "rows.column": "Column",
  "rows.value": "Value",
  "rows.error": "Reason",
  "rows.reason": "Reason",
  "rows.rows": "Rows",
  "rows.orders": "Orders",
  "rows.amount": "Amount",

  "value.step.read": "Read",
  "value.step.kept": "Kept",
  "value.step.merged": "Merged",
  "value.step.excluded": "Excluded",
  "value.step.rejected": "Rejected",
  "value.step.refund": "Refund",

  "value.reason.refund": "a refund, booked to its order",
  "value.reason.refund-without-order": "a refund whose order is not in the files",
  "value.reason.cancelled": "cancelled",
  "value.reason.unpaid": "not paid",
  "value.reason.test": "test order",
  "value.reason.voided": "voided in full",
  "value.reason.zero-amount": "amount of zero",
  "value.reason.other-currency": "in another currency than the one counted",
  "value.reason.line": "a further line of its order",
  "value.reason.transfer": "a payout, fee or transfer, no order",
  "value.reason.total": "a total line of the export",
  "value.reason.blank": "an empty row",
  "value.reason.repeated-header": "the header once more",
  "value.reason.other-table": "a further table of the file",
  "value.reason.too-many-columns": "more fields than the header has",
  "value.reason.broken-quotes": "a quotation mark left open",
  "value.reason.more": "further rejected rows",
  "value.reason.time": "time not readable",
  "value.reason.amount": "amount not readable",

  "refusal.image": "This is a picture. Export the orders from the shop as CSV.",
  "refusal.pdf":
    "This is a PDF; its tables cannot be read exactly. Export the orders from the shop as CSV.",
  "refusal.xls": "This is an old Excel workbook. Open it and save the sheet as “CSV UTF-8”.",
  "refusal.parquet":
    "This is a Parquet file, which this version does not read. Export the orders as CSV.",
  "refusal.no-columns":
    "No columns could be found. A table has the same fields, parted by commas, semicolons or tabs, on every line.",
  "refusal.no-orders":
    "No orders were found in the files, so there is nothing to analyse yet. Drop an order export: a time and an amount for each order or product.",
  "refusal.cancelled": "Import cancelled. Nothing of the file was kept.",
  "refusal.too-much":
    "This comes to {size} GB of plain text and would need about {need} GB of memory; a tab holds about {most} GB of text. Nothing was changed. Import one year at a time, export fewer columns (time, amount, customer and order number are enough), or split the file.",
  "refusal.worker":
    "The part of the page that repairs files stopped. Try again; if it stays so, save the file as “CSV UTF-8”.",
  "refusal.empty": "The file is empty. Export it again and check that it has a size.",
  "refusal.html":
    "This is a web page, not a table; often the sign-in page of a shop saved by mistake. Sign in and use the shop's own export to CSV.",
  "refusal.binary":
    "This is not text; perhaps an image, a PDF or a program. Export the orders as CSV.",
  "refusal.zip":
    "This is a zip archive inside other archives. Unpack the outer ones and drop what is inside.",
  "refusal.xlsx":
    "This is an Excel workbook inside a gzip file. Unpack it and drop the workbook, or save the sheet as “CSV UTF-8”.",
  "refusal.broken-zip":
    "The archive, or this file in it, is damaged or was cut off on the way. Download it again; if it stays so, unpack it and drop the CSV inside.",
  "refusal.encrypted-zip":
    "The archive is protected with a password. Unpack it with the password and drop what is inside; the files stay on this machine.",
  "refusal.zip-method":
    "This file in the archive is compressed in a way that browsers do not know (method {method}). Unpack it and drop the file, or pack it again as an ordinary zip.",
  "refusal.inflates-too-far":
    "What is inside would unpack to more than 4 GB, or to several hundred times its size, so it was left packed. Unpack it, and drop the file with the orders alone.",
  "refusal.too-many-files":
    "There are more than {limit} files, which is the most that is read at once. Drop the order exports among them.",
  "refusal.empty-archive":
    "Nothing to read is inside: no file, and no sheet with a filled cell. Export it again.",
  "refusal.broken-workbook":
    "The Excel workbook is damaged or was cut off on the way. Open it in Excel and save it again, or save the sheet as “CSV UTF-8”.",
  "refusal.encrypted-workbook":
    "The Excel workbook is protected with a password. Save it without the password, or save the sheet as “CSV UTF-8”; the files stay on this machine.",
  "refusal.uncalculated":
    "Formulas of the sheet have no result yet ({count} of them), so their values are not known. Open the workbook in Excel, save it, and drop it again.",
  "refusal.document":
    "This is a document that is no Excel workbook (.xlsx). Open it and save the table as .xlsx or as “CSV UTF-8”.",
  "refusal.summary-sheet":
    "This sheet has dates and amounts, but no order numbers and no customers, while another sheet of the workbook has them: it looks like totals of that sheet, and was left out so that nothing counts twice. If it holds other orders, drop it as a file of its own.",
  "refusal.json": "This is JSON, not a table. Export the orders as CSV.",
  "refusal.header-only": "There is a header, and no row below it. Export a period that has orders.",
  "refusal.no-time":
    "No column holds the time of the order, so nothing can be placed in time. Export with the order date, or choose the column below.",
  "refusal.no-amount":
    "No column holds an amount. Export with the order total, or with quantity and unit price, or choose the column below.",
  "refusal.unreadable":
    "The browser could not read the file; it may have been moved or changed. Drop it again.",
};
