/** What can go wrong with the engine and the models, and what to do about it. */
export const trouble = {
  "engine.title": "The engine has trouble",
  "engine.wasm-missing":
    "A part of the engine is missing on this site (404). Whoever hosts it must upload the whole folder.",
  "engine.wasm-type":
    "The site answered with a page instead of the engine. Its fallback rule must leave out .wasm and .gz files.",
  "engine.wasm-corrupt":
    "The engine arrived damaged or cut short. Check the connection and try again.",
  "engine.wasm-mismatch":
    "Two parts of the engine are of different versions. Reload the page; the site was updated meanwhile.",
  "engine.wasm-blocked":
    "This site's security header forbids WebAssembly. Its Content-Security-Policy needs 'wasm-unsafe-eval'.",
  "engine.start-timeout":
    "The engine did not start in time. Check the connection, close other heavy tabs and try again.",
  "engine.worker-died":
    "The engine stopped unexpectedly. It has been started again; import the files once more.",
  "engine.out-of-memory":
    "There is not enough memory for this. Close other tabs, or import a shorter period.",
  "engine.fatal": "The engine broke off and has been started again. Import the files once more.",
  "engine.refused":
    "The engine is locked: it reads no network address and no file but yours, and this asks for more.",
  "engine.timeout":
    "This took too long and was stopped. A coarser grain or a shorter period may help.",
  "engine.cancelled": "Cancelled.",
  "engine.query": "The query could not be run: {message}",

  "model.title": "About this model",
  "model.converged": "The fit converged.",
  "model.not-converged":
    "The fit did not converge; its numbers are not shown. The counted figures above do not depend on it.",
  "model.bound-hit":
    "A parameter ran into its bound: the data do not settle this model. Read its forecasts as a direction only.",
  "model.not-identifiable":
    "The data do not tell the parameters apart; different values fit as well. Forecast totals may hold, single parameters do not.",
  "model.too-few-repeat-buyers":
    "Only {count} {count|customer|customers} bought again. A model needs about 100 to say something about repeat buying.",
  "model.too-few-buyers":
    "Only {count} {count|buyer|buyers}. Below 500 the intervals are wide and forecasts shaky.",
  "model.too-short":
    "Only {days} days of history. Below 180 days dropout and a long gap look alike.",
  "model.infinite-mean-spend":
    "The spending model has no finite mean (q ≤ 1): a few very large orders decide it. The observed mean is used instead.",
  "model.no-dropout":
    "No dropout can be seen in these data; everyone looks alive. A longer history would tell.",
  "model.spend-correlation":
    "Spending and frequency move together (correlation {value}), which this model assumes they do not. Values of frequent buyers are off.",
  "model.no-gain":
    "The model is no better than plain counting of repeat orders. The simpler one is shown.",
  "model.one-time-alive":
    "In BG/NBD a customer with one purchase counts as alive by construction. Compare with MBG/NBD or Pareto/NBD.",
  "model.non-positive-spend":
    "{count} purchase {count|day|days} with nothing left after refunds {count|is|are} not in the mean spend.",
  "model.holdout-off":
    "On held-out data the total is off by {share}. Do not plan on this forecast.",
  "model.failed": "The model could not be fitted: {message}",

  "unavailable.title": "What would switch this on",
  "unavailable.customer":
    "No column tells one customer from another. Choose it under “How the files were read”, or export with a customer number, e-mail or phone.",
  "unavailable.costs":
    "Needs marketing costs. Drop a CSV with date, channel and amount; its rows join the orders by channel.",
  "unavailable.order_lines": "Needs products. Export with one row for each product in an order.",
  "unavailable.refund": "Needs a column with refunds.",
  "unavailable.channel": "Needs a column with the channel of the order.",
  "unavailable.customers": "Needs a customer file: customer number and the day of joining.",
  "unavailable.touches": "Needs a file of contacts: customer, time and channel.",
  "unavailable.referrals": "Needs a file of referrals: who brought whom, and when.",
  "unavailable.ratings": "Needs a file of ratings: customer or order, time and score.",
  "unavailable.table": "Needs data that the files do not hold: {table}.",
  "unavailable.currency": "Needs one currency. Choose which one to count above.",
  "unavailable.repeat": "No customer has bought twice yet, so there is nothing to show.",
};
