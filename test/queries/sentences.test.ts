import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Query } from "../../src/catalog/query.ts";
import { sayFacts } from "../../src/session/sentenceOf.ts";
import { settleClauses } from "../../src/words/settleClauses.ts";
import { fillWord, locales, type Locale } from "../../src/words/words.ts";
import type { BesideOrders } from "./besideOrders.ts";
import { buildShop, toSelect, type ShopCost, type ShopOrder } from "./buildShop.ts";
import { openNative } from "./openNative.ts";
import { readQueries } from "./readQueries.ts";
import { runAnalysis } from "./runAnalysis.ts";
import type { Runner, Value } from "./runner.ts";

interface Small {
  orders: ShopOrder[];
  costs?: ShopCost[];
  beside?: Partial<BesideOrders>;
}

const analyses = readQueries("analyses");

const order = (customerId: string | null, day: string, more?: Partial<ShopOrder>): ShopOrder => ({
  orderId: `${customerId}-${day}`,
  customerId,
  orderedAt: `${day} 12:00:00`,
  grossCents: 12000,
  ...more,
});

const beside: Partial<BesideOrders> = {
  touches: [
    {
      customerId: "a",
      touchedAt: "2026-08-03 10:00:00",
      channel: "phone",
      domain: "private",
      kind: "service",
    },
  ],
  referrals: [{ referrerId: "a", refereeId: "b", referredAt: "2026-08-04 10:00:00" }],
  contacts: [{ customerId: "a", joinedPrivateAt: "2026-08-02 10:00:00", tags: "gift" }],
};

const young = ["a", "b", "c", "a", "d"].map((name, i) => order(name, `2026-08-0${i + 1}`));

const shops: Record<string, Small> = {
  "no order": { orders: [] },
  "no customer": { orders: [order(null, "2026-08-01"), order(null, "2026-08-05")] },
  "one order": { orders: [order("a", "2026-08-01")] },
  "one order and every file": { orders: [order("a", "2026-08-01")], beside },
  "five orders in five days": { orders: young },
  "five orders in five days and every file": {
    orders: young.map((one) => ({ ...one, channel: "wechat", domain: "private", product: "tea" })),
    costs: [{ date: "2026-08-01", channel: "wechat", kind: null, cents: 6000 }],
    beside,
  },
  "costs before the orders": {
    orders: [...young, order("b", "2026-09-30")],
    costs: ["2026-03-04", "2026-04-05"].map((date) => ({
      date,
      channel: "ads",
      kind: "acquisition",
      cents: 125000,
    })),
  },
  "costs after the orders": {
    orders: young,
    costs: [{ date: "2026-10-01", channel: "ads", kind: "acquisition", cents: 125000 }],
  },
};

let runner: Runner;
beforeAll(async () => {
  runner = await openNative();
});
afterAll(() => runner.close());

describe.each(Object.entries(shops))("a shop of %s", (name, { orders, costs, beside }) => {
  beforeAll(async () => {
    const select = toSelect(orders.length > 0 ? orders : [order("a", "2026-08-01")]);
    await buildShop(runner, orders.length > 0 ? select : `${select} limit 0`, costs, beside);
  });

  it.each(analyses.map((query) => [query.id, query] as const))(
    "has whole sentences: %s",
    async (_id, query) => {
      for (const locale of locales) expectWhole(await say(query, locale), locale);
    },
  );

  if (name.startsWith("costs "))
    it("says that costs and orders do not overlap", async () => {
      const said = async (id: string) =>
        say(
          analyses.find((query) => query.id === id)!,
          "en",
        );
      const before = name === "costs before the orders";
      expect(await said("acquisition-cost")).toBe(
        before
          ? "No complete period has both acquisition costs and new customers: the costs are of the periods that began from Mar 1, 2026 to Apr 1, 2026, the first orders of those from Aug 1, 2026 to Aug 1, 2026."
          : "The acquisition costs of the costs file lie outside the time of the orders, so no customer can be set against a cost.",
      );
      expect(await said("unit-economics")).toContain(
        before
          ? "the costs are of the periods that began from Mar 1, 2026 to Apr 1, 2026"
          : "the costs are of the periods that began from Oct 1, 2026 to Oct 1, 2026",
      );
    });
});

it("says what the worked example comes to: LTV, CAC and the period that pays back", async () => {
  await buildShop(
    runner,
    toSelect([
      order("a", "2026-01-01", { grossCents: 12000 }),
      order("a", "2026-04-01", { grossCents: 22000 }),
    ]),
    [{ date: "2026-01-01", channel: null, kind: "acquisition", cents: 6000 }],
  );
  const query = analyses.find(({ id }) => id === "unit-economics")!;
  expect(await say(query, "en")).toBe(
    "A customer of the first cohort with a cost (n = 1) cost $60.00 to win (CAC) and was worth $60.00 after the period of the first order, $280.00 by the last period seen (LTV, less the CAC). LTV ÷ CAC, before the CAC comes off, is 5.67. The cohort paid back in period 0 after the first order (0 is the period of that order itself).",
  );
  expect(await say(query, "en", { margin: 0.1 })).toContain("The cohort has not paid back yet.");
});

it("says of an export without channels that no domain is known", async () => {
  const orders = ["2025-06-01", "2026-07-01", "2026-08-31"].map((day) => order("a", day));
  const query = analyses.find(({ id }) => id === "domain-growth")!;
  await buildShop(runner, toSelect(orders));
  expect(await say(query, "en")).toMatch(/^No order names a public or private channel/);
  const known = orders.map((one) => ({ ...one, channel: "shop", domain: "public" }));
  await buildShop(runner, toSelect(known));
  expect(await say(query, "en")).toMatch(/^Over the complete periods private channels brought \$0/);
});

describe.each(analyses.map((query) => [query.id, query] as const))("%s", (_id, query) => {
  it("counts one in the singular", () => {
    const one = Object.fromEntries(
      query.facts.map(({ name, type }) => [name, type === "count" ? 1 : "X"]),
    );
    for (const template of alternativesOf(query)) {
      const said = fillWord("en", template, one);
      expect(said).not.toMatch(
        /\b1 (?:\w+ )?(?:cohorts|customers|orders|people|periods|times|rows|members|points|segments|categories|pairs|gaps|touches|referrers|users|checks|figures|are|were|have|carry|count|score)\b/,
      );
    }
  });

  it("closes every bracket of its sentence in every language", () => {
    for (const locale of locales) {
      const whole = settleClauses(query.sentence[locale]!, () => false);
      expect(whole).not.toMatch(/[[\]]/);
    }
  });
});

/** With all facts, with none, and with one of them missing. */
function alternativesOf({ facts, sentence }: Query): string[] {
  const missing = [
    () => false,
    () => true,
    ...facts.map(
      ({ name }) =>
        (one: string) =>
          one === name,
    ),
  ];
  return missing.flatMap((isMissing) => settleClauses(sentence.en, isMissing) ?? []);
}

async function say(
  query: Query,
  locale: Locale,
  variables: Record<string, Value> = {},
): Promise<string> {
  // the rows of a model's SQL are what it is given, not its answer
  const rows = query.model ? [] : await runAnalysis(runner, query.id, variables);
  const column = (name: string) => {
    const { type } = query.columns.find((declared) => declared.name === name)!;
    return (row: number) => {
      const value = rows[row]![name]!;
      return type === "date" && value !== null ? Date.parse(String(value)) : value;
    };
  };
  const template = query.sentence[locale]!;
  return sayFacts(query, template, { numRows: rows.length, column }, locale, "USD");
}

function expectWhole(said: string, locale: Locale): void {
  expect(said).toMatch(locale === "en" ? /^[A-Z\d$−-].*\.$/ : /。$/);
  expect(said).not.toMatch(/–|[[\]{}|]|undefined|null|NaN|Invalid|∞/);
  // no clause hangs in the air
  expect(said).not.toMatch(/ {2}| [,.;:)]|\( |\(\)|[,;:] ?[,;:.]|（）|[，；：、][，；：。）]|。。/);
}
