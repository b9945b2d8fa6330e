import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { monthOf } from "../../src/models/shopCalendar.ts";
import {
  privateChannels,
  products,
  publicChannels,
  seasons,
  touchChannels,
} from "../../src/models/shopPlan.ts";
import { meanStay, refundedToClean, shopTruth, wakeChance } from "../../src/models/shopTruth.ts";
import type { ShopTruth } from "../../src/models/shopTruth.ts";
import { type ShopOptions, simulateShop } from "../../src/models/simulateShop.ts";
import { demoFiles } from "../../src/session/demoFiles.ts";
import { readQuery } from "../queries/readQueries.ts";
import { openShop } from "./openShop.ts";
import type { Shop } from "./openShop.ts";

/**
 * What was put into the simulated shop is found again by its analyses, within a few standard errors.
 * Standard errors are computed here from the files, by plain loops that share nothing with the SQL.
 */

type Row = Record<string, unknown>;

const few = 3; // standard errors
const lastDay = toDay("2025-12-31");
let shop: Shop;
let files: Record<string, string[][]>;

beforeAll(async () => {
  shop = await openShop();
  files = await fill({ customers: 30_000, seed: 5 });
});

afterAll(() => shop?.close());

/** Imports a simulated shop, and gives the cells of its files by name. */
async function fill(options: ShopOptions, truth?: ShopTruth): Promise<Record<string, string[][]>> {
  const made = await Promise.all(
    demoFiles(simulateShop(options, truth)).map(async (file) => ({
      name: file.name,
      content: await file.text(),
    })),
  );
  const { files: reports } = await shop.importFiles(made);
  expect(reports.filter(({ rows, questions }) => rows.rejected + questions.length > 0)).toEqual([]);
  return Object.fromEntries(
    made.map(({ name, content }) => [
      name.replace(/^demo-|\.csv$/g, ""),
      content
        .trimEnd()
        .split("\n")
        .slice(1)
        .map((line) => line.split(",")),
    ]),
  );
}

async function run(id: string, variables: Record<string, string | number> = {}): Promise<Row[]> {
  return (await shop.rows(sqlOf(id), variables)) as Row[];
}

function sqlOf(id: string): string {
  return readQuery("analyses", id).sql.trimEnd().replace(/;$/, "");
}

function toDay(text: string): number {
  return Date.parse(text.slice(0, 10)) / 86_400_000;
}

function toIso(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function total(rows: Iterable<Row>, column: string): number {
  return sum(rows, (row) => Number(row[column]));
}

function sum<Item>(items: Iterable<Item>, of: (item: Item) => number): number {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
}

/** Days of the orders that count, ascending, by customer. */
function orderDays(): Map<string, number[]> {
  const days = new Map<string, number[]>();
  for (const [, customer, date, , , status] of files["orders"]!)
    if (status !== "Cancelled") {
      const list = days.get(customer!) ?? [];
      days.set(customer!, list);
      list.push(toDay(date!));
    }
  return days;
}

/** That an estimate lies within a few standard errors of the truth, and that this says something. */
function expectTruth(
  what: string,
  { estimate, truth, error }: { estimate: number; truth: number; error: number },
  { sharpness = 0.2 } = {},
): void {
  const [from, to] = [estimate - 1.96 * error, estimate + 1.96 * error].map((x) => x.toFixed(4));
  const told = `${what}: ${estimate.toFixed(4)} (${from} to ${to}), truth ${truth.toFixed(4)}`;
  if (process.env["TRUTH"]) console.info(told); // the figures, for whoever wants to see them
  expect(error / Math.abs(truth), told).toBeLessThan(sharpness);
  expect(Math.abs(estimate - truth) / error, told).toBeLessThan(few);
}

describe("word of mouth", () => {
  const { k, windowDays } = shopTruth.referral;

  it("K is what each active customer brought within 90 days", async () => {
    const rows = await run("referral-growth", { grain: "day" });
    const stretches = rows.filter(
      ({ period, k_factor }) =>
        k_factor !== null && (lastDay - toDay(String(period))) % windowDays === 0,
    );
    expect(stretches.length).toBeGreaterThanOrEqual(5);
    const referees = total(stretches, "referees");
    const active = total(stretches, "active_before");
    expectTruth("K", { estimate: referees / active, truth: k, error: errorOfK(stretches, k) });
  });

  /** of a ratio of sums over referrers, who bring few or many again and again */
  function errorOfK(stretches: Row[], truth: number): number {
    const ends = stretches.map(({ period }) => toDay(String(period)));
    const days = orderDays();
    const people = new Map<string, { active: number; brought: number }>();
    const personOf = (id: string) => {
      const person = people.get(id) ?? { active: 0, brought: 0 };
      people.set(id, person);
      return person;
    };
    for (const [id, list] of days)
      for (const end of ends)
        if (list.some((day) => day > end - 2 * windowDays && day <= end - windowDays))
          personOf(id).active += 1;
    for (const [referrer, referee, date] of files["referrals"]!) {
      const day = toDay(date!);
      const isBuyer = days.get(referee!)?.some((at) => at >= day && at <= day + windowDays);
      const isCounted = ends.some((end) => day > end - windowDays && day <= end);
      if (isBuyer && isCounted) personOf(referrer!).brought += 1;
    }
    const active = sum(people.values(), (person) => person.active);
    expect(active).toBe(total(stretches, "active_before"));
    expect(sum(people.values(), ({ brought }) => brought)).toBe(total(stretches, "referees"));
    const squares = sum(people.values(), (one) => (one.brought - truth * one.active) ** 2);
    return Math.sqrt(squares) / active;
  }

  it("customer equity takes the K of the last stretch that was watched", async () => {
    const sql = sqlOf("customer-equity"); // a row each customer: all with the same K
    const [known] = (await shop.rows(`select any_value(k_observed) as k from (${sql})`)) as [
      { k: number },
    ];
    const end = toIso(lastDay - windowDays);
    const [row] = (await run("referral-growth", { grain: "day", from: end, to: end })) as [Row];
    expect(known.k).toBe(row["k_factor"]);
    const error = errorOfK([row], k);
    expectTruth("K of equity", { estimate: known.k, truth: k, error }, { sharpness: 0.5 });
  });
});

describe("campaigns", () => {
  it("a touch wakes as many dormant customers as its channel is answered and converts", async () => {
    const { dormantDays } = shopTruth.touches.winback;
    const months = (await run("dormant-wakeup", { dormant_days: dormantDays })).filter(
      (row) => row["is_complete"] && Number(row["touched"]) > 0,
    );
    const told = files["touches"]!.filter(([, , , kind]) => kind!.startsWith("Win-back"));
    const chance = sum(told, ([, , channel]) => wakeChance(channel!)) / told.length;
    const [touched, untouched] = ["touched", "untouched"].map((of) => total(months, of));
    const rate = total(months, "woken_touched") / touched!;
    const other = total(months, "woken_untouched") / untouched!;
    const error = Math.sqrt((rate * (1 - rate)) / touched! + (other * (1 - other)) / untouched!);
    const truth = chance * (1 - other);
    expectTruth("uplift of a touch", { estimate: rate - other, truth, error });
    const holding = months.filter((row) => {
      const expected = chance * (1 - Number(row["untouched_rate"]));
      return Number(row["uplift_lower"]) <= expected && expected <= Number(row["uplift_upper"]);
    });
    const share = 0.95;
    const slack = few * Math.sqrt((share * (1 - share)) / months.length);
    expect(holding.length / months.length).toBeGreaterThan(share - slack);
  });

  it("each channel is answered at its rate", async () => {
    const rows = await run("touch-response");
    expect(rows.map(({ channel }) => String(channel)).toSorted()).toEqual(
      touchChannels.map(({ name }) => name).toSorted(),
    );
    for (const { channel, rate, touches } of rows) {
      const { responseRate } = touchChannels.find(({ name }) => name === channel)!;
      const error = Math.sqrt((responseRate * (1 - responseRate)) / Number(touches));
      const name = `answers by ${String(channel)}`;
      expectTruth(name, { estimate: Number(rate), truth: responseRate, error });
    }
  });
});

it("winning a customer costs more every year by what it rose, in every channel", async () => {
  const rows = (await run("acquisition-cost", { grain: "year", by: "channel" })).filter(
    (row) => !row["is_blended"] && row["cagr"] !== null && !row["is_first"],
  );
  const channels = [...publicChannels, ...privateChannels];
  expect(rows.map(({ channel }) => String(channel)).toSorted()).toEqual(
    channels.map(({ name }) => name).toSorted(),
  );
  const won = wonByMonth();
  const noise = shopTruth.costNoise / Math.sqrt(3); // standard deviation, of each month
  const parts = rows.map(({ channel, cagr }) => {
    const months = won.get(String(channel))!;
    const [before, after] = [months.slice(0, 12), months.slice(12)];
    const meanRise = (of: number[]) =>
      sum(of.entries(), ([i, n]) => n * (1 + shopTruth.acquisitionRise) ** (i / 12)) /
      sum(of, (n) => n);
    // new customers come a little later in one year than in the other
    const drift = Math.log(meanRise(after) / meanRise(before));
    const variance = sum([before, after], (of) => sum(of, (n) => n * n) / sum(of, (n) => n) ** 2);
    return { rise: Math.log(1 + Number(cagr)) - drift, variance: noise ** 2 * variance };
  });
  const rise = Math.exp(sum(parts, (part) => part.rise) / parts.length) - 1;
  const error = (1 + rise) * (Math.sqrt(sum(parts, ({ variance }) => variance)) / parts.length);
  expectTruth("rise of acquisition cost a year", {
    estimate: rise,
    truth: shopTruth.acquisitionRise,
    error,
  });
});

/** First orders by channel and month. */
function wonByMonth(): Map<string, number[]> {
  const won = new Map<string, number[]>();
  const known = new Set<string>();
  for (const [, customer, date, , , status, , channel] of files["orders"]!) {
    if (known.has(customer!) || status === "Cancelled") continue;
    known.add(customer!);
    const months = won.get(channel!) ?? Array.from({ length: 24 }, () => 0);
    won.set(channel!, months);
    months[(Number(date!.slice(0, 4)) - 2024) * 12 + Number(date!.slice(5, 7)) - 1]! += 1;
  }
  return won;
}

it("a refunded first order brings fewer back, by what trust it costs", async () => {
  const groups = new Map((await run("returns-trust")).map((row) => [row["group"], row]));
  const [clean, refunded] = [groups.get("clean")!, groups.get("refunded")!];
  const relativeVariance = ({ customers, repeaters }: Row) =>
    1 / Number(repeaters) - 1 / Number(customers);
  const estimate = Number(refunded["repeat_rate"]) / Number(clean["repeat_rate"]);
  const error = estimate * Math.sqrt(relativeVariance(clean) + relativeVariance(refunded));
  expectTruth("repeat rate after a refund, of the clean", {
    estimate,
    truth: refundedToClean(),
    error,
  });
  const rated = ["★ 1", "★ 2", "★ 4", "★ 5"].map((name) => groups.get(name)!);
  const rates = [rated.slice(0, 2), rated.slice(2)].map(
    (some) => total(some, "repeaters") / total(some, "customers"),
  );
  expect(rates[0]).toBeLessThan(rates[1]!);
});

it("members order more after joining by what membership adds, others of their age do not", async () => {
  const span = 180;
  const count = (list: number[], from: number, to: number) =>
    list.filter((day) => day >= from && day < to).length;
  const change = (list: number[], day: number) =>
    count(list, day, day + span) - count(list, day - span, day);
  let after = 0;
  let members = 0;
  // those who began on one day go together: members, and whoever never joined, seen at their age
  const days = [...beganOn()].map(([first, people]) => {
    const others = people.filter(({ since }) => since === Infinity);
    const joined = people.filter(({ since }) => since > first && since <= lastDay - span);
    if (others.length === 0) return { n: 0, difference: 0 };
    members += joined.length;
    const difference = sum(joined, ({ list, since }) => {
      after += count(list, since, since + span);
      return change(list, since) - sum(others, (one) => change(one.list, since)) / others.length;
    });
    return { n: joined.length, difference };
  });
  const did = sum(days, ({ difference }) => difference) / members;
  const squares = sum(days, ({ n, difference }) => (difference - n * did) ** 2);
  expectTruth(`orders that membership adds in 180 days (n = ${members})`, {
    estimate: did,
    truth: (after / members) * (1 - 1 / shopTruth.membership.orderFactor),
    error: Math.sqrt(squares) / members,
  });
  const rows = await run("membership-effect");
  const [matched] = rows.filter(({ group }) => group === "members");
  const { did: told, lower, upper, after: orders } = matched!;
  expectTruth(`what the analysis says membership adds (n = ${String(matched!["customers"])})`, {
    estimate: Number(told),
    truth: Number(orders) * (1 - 1 / shopTruth.membership.orderFactor),
    error: (Number(upper) - Number(lower)) / (2 * 1.96),
  });
});

/** Customers by the day of their first order: their order days, and since when they are members. */
function beganOn(): Map<number, { list: number[]; since: number }[]> {
  const days = orderDays();
  const began = new Map<number, { list: number[]; since: number }[]>();
  for (const [id, , , , since] of files["customers"]!) {
    const list = days.get(id!);
    if (!list) continue;
    const people = began.get(list[0]!) ?? [];
    began.set(list[0]!, people);
    people.push({ list, since: since ? toDay(since) : Infinity });
  }
  return began;
}

it("without campaigns and friends as many come back within a year as do not drop out", async () => {
  const { touches, membership, referral, fates } = shopTruth;
  const truth: ShopTruth = {
    ...shopTruth,
    touches: {
      ...touches,
      winback: { ...touches.winback, conversion: 0 },
      news: { ...touches.news, conversion: 0 },
    },
    membership: { ...membership, share: 0 },
    referral: { ...referral, k: 0 },
    fates: { ...fates, cancelled: 0 },
  };
  files = await fill({ customers: 10_000, seed: 6 }, truth);
  const rows = await run("repeat-rate", { n_days: 365, grain: "month" });
  const months = rows.filter(
    ({ variant, denominator }) => variant === "n-day" && Number(denominator) > 0,
  );
  const customers = total(months, "denominator");
  const repeaters = total(months, "numerator");
  const expected =
    sum(
      months,
      (row) => Number(row["denominator"]) * returning(truth, toDay(String(row["period"])) + 15),
    ) / customers;
  const rate = repeaters / customers;
  const error = Math.sqrt((rate * (1 - rate)) / customers);
  expectTruth("come back within a year", { estimate: rate, truth: expected, error });
});

/** The chance to order again within a year of a first order on a day: to stay, and to come in time. */
function returning(truth: ShopTruth, day: number): number {
  const { r, alpha, a, b } = truth.buying;
  const quality =
    1 + (truth.learning * (day - toDay("2024-01-01"))) / (lastDay - toDay("2024-01-01"));
  const year = Array.from({ length: 365 }, (_, i) => seasons[monthOf(day + i)]!);
  const weeks = sum(year, (season) => season) / 7;
  const channels = [...publicChannels, ...privateChannels];
  const cells = channels.flatMap((channel) => products.map((product) => ({ channel, product })));
  const weigh = ({ channel, product }: (typeof cells)[number]) => channel.weight * product.weight;
  return (
    sum(cells, (cell) => {
      const inTime = 1 - (1 + (cell.channel.rate * quality * weeks) / alpha) ** -r;
      const odds = (cell.channel.dropout * cell.product.dropout) / quality;
      return weigh(cell) * inTime * meanStay(truth) * (1 - meanDropout(a, b, odds));
    }) / sum(cells, weigh)
  );
}

/** Of dropout chances that are beta(a, b), their odds times some. */
function meanDropout(a: number, b: number, times: number): number {
  const parts = Array.from({ length: 400 }, (_, i) => {
    const p = ((i + 0.5) / 400) ** (1 / a); // even steps of p to the a: no pole at 0
    const odds = (p / (1 - p)) * times;
    return { weight: (1 - p) ** (b - 1), dropout: odds / (1 + odds) };
  });
  return sum(parts, ({ weight, dropout }) => weight * dropout) / sum(parts, ({ weight }) => weight);
}
