/** Files beside the orders, orders in several files, and who is the same person. */
export const beside = {
  "value.reason.same-customer": "a further row of somebody in the files",
  "value.reason.duplicate": "the same row again",
  "value.reason.other-file": "in another file too; counted once",
  "value.reason.other-file-differs":
    "in another file too, with another amount or state; counted once, as the other file has it",
  "value.reason.items": "product lines of orders in another file; the amount is counted there",
  "value.reason.not-in-orders": "product lines of an order that the order file does not have",
  "value.reason.no-customer": "nobody is named, or a guest",
  "value.reason.no-order": "never ordered; kept as a contact, not as a customer",
  "value.reason.score": "score not readable",
  "rows.matched":
    "{customers} of {of} {of|person|people} in this file are customers with orders ({share}).",
  "rows.padded":
    "{count} of {of} rows had fewer fields than the header; what is missing was taken as blank.",
  "rows.rejoined":
    "{count} of {of} rows were torn apart by a mark inside a value and put together again.",
  "rows.preamble":
    "{count} {count|line stands|lines stand} above the header and {count|was|were} left out.",
  "rows.footer":
    "{count} {count|line|lines} at the end, a total or a remark, {count|was|were} left out.",
  "rows.spellings": "{count} spellings were taken for {of} {of|customer|customers}: {examples}",
  "rows.differs":
    "{count} of {of} orders in another file too differ there in amount or state. The file that reaches further in time counts; its net is {amount} apart from this file’s.",
  "question.masked":
    "The numbers are masked (138****1111), and different people may share one. Are they customers?",
  "option.apart": "Yes, told apart by the rest of the number and the name",
  "option.no-customer": "No, count these orders without a customer",
  "refusal.no-customer":
    "No column says who a row is of, so nothing can be joined to the orders. Export with the customer number, e-mail or phone that the orders have, or choose the column below.",
  "refusal.no-score":
    "No column holds a score. Export the ratings with a number for each, or choose the orders’ export instead.",
};
