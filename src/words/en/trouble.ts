/** What can go wrong with the engine and the models, and what to do about it. */
export const trouble = {
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
    "There is not enough memory for this. A tab holds about 1.3 GB of plain text at the most. Import one year at a time, leave out columns that are not needed, or close other tabs.",
  "engine.fatal": "The engine broke off and has been started again. Import the files once more.",
  "engine.refused":
    "The engine is locked: it reads no network address and no file but yours, and this asks for more.",
  "engine.timeout":
    "This took too long and was stopped. A coarser grain, a shorter period or, in SQL, fewer rows may help.",
  "engine.cancelled": "Cancelled.",
  "engine.query": "The query could not be run: {message}",

  "model.not-converged":
    "The fit did not converge, so its parameters mean nothing. The counted figures do not depend on it.",
  "model.bound-hit": "A parameter ran into its bound: the data do not settle this model.",
  "model.hessian-not-positive-definite":
    "The data do not tell the parameters apart; different values fit as well, and no intervals can be given.",
  "model.parameter-uncertain": "A parameter is so uncertain that its value says nothing.",
  "model.infinite-mean-spend":
    "The spending model has no finite mean (q ≤ 1): a few very large orders decide it. The observed mean stands in.",
  "model.spend-correlates":
    "Spending and frequency move together (correlation {value}), which this model assumes they do not. Values of frequent buyers are off.",
  "model.too-few-repeat-buyers":
    "Too few customers bought again (fewer than 30) for a model to say anything about repeat buying.",
  "model.too-few-spenders":
    "Too few customers with a paid repeat order (fewer than 30) for a model of spending. The observed mean stands in.",
  "model.no-gain-over-nbd":
    "No dropout can be seen: the model is no better than steady buying (NBD), which forecasts use instead.",
  "model.no-gain-over-beta-binomial":
    "No dropout can be seen: the model is no better than steady buying by months (beta-binomial), which forecasts use instead.",
  "model.fallback-to-beta-binomial":
    "The forecast uses steady buying by months (beta-binomial): the fuller model is not settled by these data.",
  "model.lost-come-back":
    "{value}% of those who did not renew ordered again later. sBG and BdW are for contracts, where who has left has left; for customers who come and go choose a model of buying.",
  "model.missing-columns": "The query does not give what this model needs: {message}",
  "model.nobody-lost":
    "No customer was lost in the time observed, so there is no retention to model.",
  "model.few-customers": "Fewer than 500 customers: intervals are wide and forecasts shaky.",
  "model.short-history": "Less than 180 days of history: dropout and a long gap look alike.",
  "model.no-third-order": "Nobody has bought three times yet, so little can be said about rhythm.",
  "model.fallback-to-nbd":
    "The forecast uses steady buying (NBD): the fuller model is not settled by these data.",
  "model.fallback-to-mean-spend":
    "The forecast uses the observed mean spend: the spending model is not settled by these data.",
  "model.interval-incomplete":
    "The interval leaves out a part of the uncertainty, since the fit gives no standard errors.",
  "model.spend-correlates-weakly":
    "Spending and frequency are not quite independent, as the spending model assumes (correlation {value}, 95% interval {lower} to {upper}; by ranks {spearman}), but nearly so.",
  "model.spend-independent":
    "Spending and frequency can pass for independent, as the spending model assumes (correlation {value}, 95% interval {lower} to {upper}; by ranks {spearman}).",
  "model.holdout-over":
    "Off by more than 20%: {model} foresaw {value}% more than was bought. Do not rely on its totals.",
  "model.holdout-under":
    "Off by more than 20%: {model} foresaw {value}% less than was bought. Do not rely on its totals.",
  "model.outside-interval":
    "What was bought ({value}) lies outside the 95% interval: {model} is surer of the total than it should be.",
  "model.naive-is-nearer":
    "For single customers their own rate so far, carried on, came nearer than {model}.",
  "model.one-timers-alive":
    "{model} takes all {value} {value|customer|customers} who never came back to be active for certain; that is how it is built, not what the data say. MBG/NBD and Pareto/NBD do not.",
  "model.best-by-both":
    "{model} is chosen: of the models that these data settle it erred least on the holdout ({value} purchases a customer, root mean square), and its AIC is the lowest.",
  "model.best-by-holdout":
    "{model} is chosen: of the models that these data settle it erred least on the holdout ({value} purchases a customer, root mean square, against {error} of {rival}, whose AIC is lower by {gap}).",
  "model.best-by-aic":
    "{model} is chosen: of the models that these data settle its AIC is the lowest, by {value} against {rival}.",
  "model.covariate-constant": "All customers have the same {covariate}: it is left out.",
  "model.levels-pooled":
    "{value} {value|value|values} of {covariate} with few customers {value|is|are} taken together.",
  "model.covariates-gain": "The covariates help {model}: its AIC falls by {value}.",
  "model.covariates-no-gain":
    "The covariates do not help {model}: its AIC is higher by {value} than without them.",
  "model.covariates-unsettled":
    "These data do not settle the coefficients of the covariates; the forecast leaves them out.",
  "model.no-covariates": "Covariates can be given to BG/NBD and Pareto/NBD only.",
  "model.empty-calibration": "Nobody had bought by the split date. Choose a later one.",
  "model.empty-holdout":
    "No day is left after the split date to hold the forecast against. Choose an earlier one.",
  "model.no-customers": "There are no customers to fit the model to.",
  "model.unknown-model": "This version does not know that model.",
  "model.invalid-parameter": "A setting of the model is out of its range: {message}",
  "model.timeout": "The model took too long and was stopped. A shorter period may help.",
  "model.worker-died": "The part of the page that fits models stopped. Run the cell again.",
  "model.cancelled": "Cancelled.",
  "model.failed": "The model could not be fitted: {message}",

  "unavailable.title": "What would switch this on",
  "unavailable.customer":
    "No column tells one customer from another. Choose it under “How the files were read”, or export with a customer number, e-mail or phone.",
  "unavailable.costs":
    "Needs marketing costs. Drop a CSV with date, channel and amount; its rows join the orders by channel.",
  "unavailable.order_lines": "Needs products. Export with one row for each product in an order.",
  "unavailable.refund": "Needs a column with refunds.",
  "unavailable.channel": "Needs a column with the channel of the order.",
  "unavailable.discount": "Needs a column with the discount or the coupon of the order.",
  "unavailable.product":
    "Needs a column with the product of the order, or an export with a row for each product in it.",
  "unavailable.contacts": "Needs a customer file: customer number and the day of joining.",
  "unavailable.touches": "Needs a file of contacts: customer, time and channel.",
  "unavailable.referrals": "Needs a file of referrals: who brought whom, and when.",
  "unavailable.ratings": "Needs a file of ratings: customer or order, time and score.",
  "unavailable.table": "Needs data that the files do not hold: {table}.",
  "unavailable.currency": "Needs one currency. Choose which one to count above.",
  "unavailable.repeat": "No customer has bought twice yet, so there is nothing to show.",
};
