/** What became of every row: the reconciliation, the rejects, and files that were refused. */
export const rows = {
  "rows.title": "Every row accounted for",
  "rows.tie":
    "{read} read = {kept} kept + {merged} merged + {excluded} excluded + {rejected} rejected",
  "rows.ties": "The rows and amounts tie to the file.",
  "rows.tiesNot": "The rows do not tie to the file. Please report this file's structure.",
  "rows.rejects": "Rejected rows",
  "rows.rejectsExport": "Save the rejected rows (CSV)",
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
  "value.reason.line": "a further line of its order",
  "value.reason.transfer": "a payout, fee or transfer, no order",
  "value.reason.total": "a total line of the export",
  "value.reason.blank": "an empty row",
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
  "refusal.worker":
    "The part of the page that repairs files stopped. Try again; if it stays so, save the file as “CSV UTF-8”.",
  "refusal.empty": "The file is empty. Export it again and check that it has a size.",
  "refusal.html":
    "This is a web page, not a table; often the sign-in page of a shop saved by mistake. Sign in and use the shop's own export to CSV.",
  "refusal.binary":
    "This is not text; perhaps an image, a PDF or a program. Export the orders as CSV.",
  "refusal.zip": "This is a zip archive. Unpack it and drop the CSV inside.",
  "refusal.xlsx": "This is an Excel workbook. Open it and save the sheet as “CSV UTF-8”.",
  "refusal.json": "This is JSON, not a table. Export the orders as CSV.",
  "refusal.header-only": "There is a header, and no row below it. Export a period that has orders.",
  "refusal.no-time":
    "No column holds the time of the order, so nothing can be placed in time. Export with the order date, or choose the column below.",
  "refusal.no-amount":
    "No column holds an amount. Export with the order total, or with quantity and unit price, or choose the column below.",
  "refusal.unreadable":
    "The browser could not read the file; it may have been moved or changed. Drop it again.",
};
