/** The help: the conventions behind every figure. */
export const help = {
  "help.show": "Help and conventions",
  "help.title": "How to read the figures",
  "help.lead":
    "The same conventions hold in every cell; each cell's definition tab has its formula.",
  "help.keysOn": "Single keys act on the page",
  "help.cohort": "Cohort",
  "help.cohortNote":
    "Customers grouped by the calendar period of their first order, or by something about that first order, such as its channel.",
  "help.index": "Period k",
  "help.indexNote":
    "k counts periods since the first order. Period 0 is the one of the first order.",
  "help.complete": "Complete cell",
  "help.completeNote":
    "A period counts as complete when all of it lies at or before the end of the data. Incomplete cells are hatched and left out of every average. A complete cell with nobody in it is 0, not missing.",
  "help.clock": "Clock",
  "help.clockNote":
    "Calendar counts the boundaries crossed: 31 January to 1 February is one month. Rolling counts whole spans since the customer's own first order.",
  "help.asOf": "Observed until (end of the data)",
  "help.asOfNote":
    "The day of the last order unless you set another. Never today, so a figure is the same tomorrow.",
  "help.order": "Order",
  "help.orderNote":
    "One paid order. Cancelled, unpaid, test and fully voided orders are left out, each with its reason in the row count.",
  "help.refund": "Refund",
  "help.refundNote":
    "Booked to the original order, and so to its cohort, also where the export gives it a row of its own. Net is gross minus refunds.",
  "help.sameDay": "Same-day orders",
  "help.sameDayNote":
    "Several orders of one customer on one day are one purchase in gaps, repurchase curves and models, unless you switch it.",
  "help.interval": "Interval",
  "help.intervalNote":
    "Every rate carries a 95 % Wilson interval: the range in which the true rate plausibly lies, given how many customers stand behind it. Survival curves carry a log-log interval.",
  "help.small": "Faded cells",
  "help.smallNote": "Fewer than 30 customers stand behind them. Read them as a hint.",
  "help.money": "Money",
  "help.moneyNote":
    "Exact decimals from the file to the last sum. Rounding is for show only. Several currencies are never added.",
  "help.model": "Counted and forecast",
  "help.modelNote":
    "Counted figures come from the rows alone. Forecasts come from a fitted model, say so, and carry their own caveats.",
  "help.remembered": "What is remembered",
  "help.rememberedNote":
    "Answers and corrections for files of the same shape, in this browser alone. Kept are a checksum of the headers, the answers, and the names of columns you chose yourself; no value of a file. The file's panel can forget them.",
};
