import { expect, it } from "vitest";
import { readQueries } from "./readQueries.ts";

// The names that the page, the automation interface and the exports promise.

const columns: Record<string, string> = {
  reconciliation: "file step reason rows orders amount",
  "data-health": "check value share severity",
  overview:
    "orders customers revenue aov first_order last_order repeat_customers repeat_rate orders_per_customer revenue_per_customer median_days_between_orders",
  "growth-accounting": "period new retained resurrected churned active quick_ratio",
  "revenue-growth": "period new_revenue repeat_revenue revenue delta_new delta_repeat",
  "revenue-tree": "period buyers orders_per_buyer net_per_order d_buyers d_frequency d_value",
  "acquisition-cost": "period channel domain spend new_customers cac cac_ratio_to_first",
  "unit-economics": "cohort channel k cumulative_net margin cac value ltv_cac payback_period",
  "retention-cost": "period cac crc ratio marketing_ratio",
  "cohort-retention": "cohort k customers active retention lower upper is_complete",
  "cohort-revenue":
    "cohort k customers revenue cumulative_revenue revenue_per_customer is_complete",
  "retention-curve": "definition segment k at_risk retained retention lower upper is_complete",
  "repurchase-curve": "segment nth days at_risk events survival probability lower upper",
  "repeat-rate": "period variant numerator denominator rate lower upper",
  "purchase-intervals": "nth customers p10 p25 p50 p75 p90 mean",
  "customer-lifespan": "days at_risk deaths survival lower upper",
  "order-frequency": "orders customers share revenue",
  "cohort-diff": "group k size rate_a rate_b difference lower upper p_value rate_effect mix_effect",
  rfm: "customer_id recency_days frequency monetary r f m segment",
  "rfm-segments": "segment customers share revenue revenue_share recency_days frequency monetary",
  "rfm-movement": "from_segment to_segment customers",
  pareto: "customer_share revenue_share is_reference",
  "super-users": "customer_id orders revenue cumulative_share p_alive reasons",
  "high-value-score": "customer_id came_voluntarily paid frequent referred score",
  "clv-historic":
    "customer_id first_order last_order orders revenue margin_value cac net_value tenure_days",
  "clv-model":
    "model parameter estimate std_error lower upper log_likelihood aic customers converged",
  "clv-forecast":
    "customer_id x t_x T monetary p_alive expected_orders expected_value clv lower upper churn_risk",
  "clv-validation": "week actual predicted phase x customers actual_mean predicted_mean",
  "customer-equity": "customers alive ltv k_factor equity literal",
  "value-compounding": "cohort k value rate",
  "retention-what-if": "retention clv uplift net_of_cac_uplift",
  "domain-growth": "period domain orders customers revenue share yoy",
  "private-domain-conversion": "step cohort numerator denominator rate lower upper",
  "membership-effect": "group customers before after difference did lower upper",
  "touch-response":
    "channel touches responses rate lower upper responders per_hour mean_duration_s ratio_to_traditional",
  "exposure-response": "touches_30d customers repurchased rate lower upper",
  "need-trust-exposure": "factor in_group base share cumulative",
  "dormant-wakeup": "month dormant touched woken_touched woken_untouched rate uplift lower upper",
  "lifecycle-funnel": "step customers share_of_previous share_of_first",
  "tag-lift": "tag customers repeat_rate untagged_rate lift lower upper",
  "five-step-scorecard": "step metric value previous",
  "referral-growth": "period new_customers referred share k_factor cycle_days",
  "koc-leaderboard": "referrer_id referees referee_revenue second_generation reward roi",
  "indirect-value": "customer_id direct indirect total",
  "acquisition-method": "method new_customers cac repeat_rate_90d revenue_180d",
  "product-affinity": "first_product second_product n probability base_rate lift lower upper",
  "category-preference": "segment category revenue_share index",
  "promotion-dependence":
    "period discounted_share promo_acquired repeat_rate_promo repeat_rate_full_price lift",
  "returns-trust": "group customers repeat_rate lower upper",
};

const analyses = new Map(readQueries("analyses").map((query) => [query.id, query]));

it.each(Object.entries(columns))("%s has its columns", (id, names) => {
  const declared = analyses.get(id)?.columns.map(({ name }) => name) ?? [];
  expect(names.split(" ").filter((name) => !declared.includes(name))).toEqual([]);
});
