import { expect, it } from "vitest";
import type { Query } from "../../src/catalog/query.ts";
import { toTable } from "../../src/engine/toTable.ts";
import type { Diagnostic } from "../../src/models/diagnose.ts";
import type { ModelResult } from "../../src/models/modelRequest.ts";
import { runModel } from "../../src/models/runModel.ts";
import type { Ran } from "../../src/session/runAnalysis.ts";
import { sentenceOf } from "../../src/session/sentenceOf.ts";
import type { Locale } from "../../src/words/words.ts";
import { buyers, drawSplit } from "../models/drawBuyers.ts";
import { readQuery } from "../queries/readQueries.ts";

const locales: Locale[] = ["en", "zh-Hans", "zh-Hant"];
const query = readQuery("analyses", "clv-validation");
const columns = drawSplit(300, 3, buyers["bg-nbd"]!([0.6, 8, 0.9, 2.5]), 30);

it.each(["tracking", "frequency", "models"])(
  "says what a holdout shows: %s",
  { timeout: 60_000 },
  (view) => {
    const ran = toRan(query, runModel({ type: "clv-validation", columns, params: { view } }));
    for (const locale of locales) {
      const sentence = sentenceOf(query, ran, locale, null);
      expect(sentence).not.toMatch(/[{}–]|undefined|NaN|bg-nbd|pareto-nbd/);
      expect(sentence).toContain("300");
      expect(sentence).toMatch(/%/);
    }
    const english = sentenceOf(query, ran, "en", null);
    expect(english).toMatch(/^Fitted to 300 customers up to \w+/);
    if (view === "models") expect(english).toMatch(/\/NBD is chosen: .* erred least/);
    else expect(english).toContain("BG/NBD foresaw");
  },
);

it("has a place for every figure that a note brings", () => {
  const figures = { lower: -0.1, upper: 0.2, spearman: 0.3, error: 2.5, gap: 4 };
  const note = (code: Diagnostic["code"]): Diagnostic => {
    return {
      code,
      value: 12,
      model: "bg-nbd",
      rival: "mbg-nbd",
      covariate: "x",
      figures,
      blocks: false,
    };
  };
  const codes: Diagnostic["code"][] = [
    ...([
      "few-customers",
      "short-history",
      "no-third-order",
      "best-by-aic",
      "best-by-both",
    ] as const),
    ...(["best-by-holdout", "holdout-over", "holdout-under", "outside-interval"] as const),
    ...(["naive-is-nearer", "one-timers-alive", "spend-independent", "spend-correlates"] as const),
    ...(["spend-correlates-weakly", "covariate-constant", "levels-pooled"] as const),
    ...(["covariates-gain", "covariates-no-gain", "covariates-unsettled"] as const),
  ];
  const table = toTable([]);
  for (const locale of locales) {
    for (const code of codes) {
      const said = sentenceOf(query, { table, notes: [note(code)] }, locale, null);
      expect([code, said]).toEqual([code, expect.stringMatching(/^[^{}]+[.。]$/)]);
    }
  }
});

function toRan({ columns: declared }: Query, { columns: cells, notes, facts }: ModelResult): Ran {
  const table = toTable(
    declared.flatMap(({ name, type }) =>
      cells[name] ? [{ name, type, values: cells[name] }] : [],
    ),
  );
  return { table, notes, facts };
}
