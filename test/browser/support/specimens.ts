import type { Specimen } from "./chartHarness/main.ts";

const months = Array.from({ length: 12 }, (_, i) => Date.UTC(2024, i, 1));
const isLast = (i: number) => i < 11;

/** The first months of the cohorts of UCI Online Retail (test/browser needs no more). */
const sizes = [885, 417, 380, 452, 22];
const active = [[885, 324, 286, 340, 321], [417, 92, 111, 96], [380, 71, 71], [452, 68], [22]];
const cells = sizes.flatMap((size, c) => active[c]!.map((count, k) => ({ c, k, size, count })));

const triangle: Specimen = {
  kind: "heatmap",
  channels: {
    x: "k",
    y: "cohort",
    fill: "retention",
    n: "customers",
    lower: "lower",
    upper: "upper",
    complete: "is_complete",
  },
  columns: [
    ["cohort", "date", cells.map(({ c }) => months[c]!)],
    ["k", "count", cells.map(({ k }) => k)],
    ["customers", "count", cells.map(({ size }) => size)],
    ["retention", "share", cells.map(({ count, size }) => count / size)],
    ["lower", "share", cells.map(({ count, size }) => count / size - 0.03)],
    ["upper", "share", cells.map(({ count, size }) => count / size + 0.03)],
    ["is_complete", "flag", cells.map(({ c, k }) => c + k < 4)],
  ],
};

const rate: Specimen["columns"] = [
  ["period", "date", months],
  ["rate", "share", months.map((_, i) => 0.2 + 0.01 * i)],
  ["lower", "share", months.map((_, i) => 0.17 + 0.01 * i)],
  ["upper", "share", months.map((_, i) => 0.23 + 0.01 * i)],
  ["buyers", "count", months.map((_, i) => (i === 10 ? 12 : 400))],
  ["is_complete", "flag", months.map((_, i) => isLast(i))],
  ["channel", "text", months.map((_, i) => (i % 2 ? "Referral programme" : "抖音直播间"))],
];
const rateChannels = { lower: "lower", upper: "upper", n: "buyers", complete: "is_complete" };

const cohorts = Array.from(
  { length: 16 },
  (_, i) => (i % 2 ? "推荐计划" : "Referral programme") + i,
);
const slices = cohorts.flatMap((_, c) => months.map((_, k) => ({ c, k })).slice(c > 4 ? c - 4 : 0));

const days = [1, 7, 20, 45, 90, 180];
const money = Array.from({ length: 400 }, (_, i) => 5 + ((i * 7919) % 211) + (i === 9 ? 9000 : 0));

const groups = ["Champions", "潜在忠诚客户", "Need attention since long ago", "Lost"];
const moved = [...groups, "(new)"].flatMap((from, a) =>
  groups.map((to, b) => ({ from, to, size: a === b ? 900 - 200 * a : (a * 97 + b * 31) % 88 })),
);

/** One figure of every kind that draws, with what is particular about it. */
export const specimens: Specimen[] = [
  triangle,
  {
    kind: "lines",
    channels: { x: "period", y: "rate", series: "channel", ...rateChannels },
    columns: rate,
  },
  {
    kind: "lines",
    channels: { x: "period", y: "rate", facet: "channel", ...rateChannels },
    columns: rate,
  },
  { kind: "bars", channels: { x: "period", y: "rate", ...rateChannels }, columns: rate },
  {
    kind: "bars",
    channels: { x: "channel", y: "rate", n: "buyers" },
    columns: rate.map(([name, type, values]) => [name, type, values.slice(0, 2)]),
  },
  {
    kind: "stack",
    channels: { x: "period", y1: "new", y2: "retained", down: "churned", complete: "is_complete" },
    columns: [
      ["period", "date", months],
      ["new", "count", months.map((_, i) => 300 + 20 * i)],
      ["retained", "count", months.map((_, i) => 100 + 30 * i)],
      ["churned", "count", months.map((_, i) => 90 + 10 * i)],
      ["is_complete", "flag", months.map((_, i) => isLast(i))],
    ],
  },
  {
    kind: "layers",
    channels: { x: "period", y: "revenue", series: "cohort", complete: "is_complete" },
    columns: [
      ["cohort", "text", slices.map(({ c }) => cohorts[c]!)],
      ["period", "date", slices.map(({ k }) => months[k]!)],
      ["revenue", "money", slices.map(({ c, k }) => (c === 7 && k === 6 ? -20 : 40_000 / (k + 1)))],
      ["is_complete", "flag", slices.map(({ k }) => isLast(k))],
    ],
  },
  {
    kind: "layers",
    channels: { x: "period", y: "revenue", series: "cohort" },
    columns: [
      ["cohort", "date", [months[0]!]],
      ["period", "date", [months[0]!]],
      ["revenue", "money", [120]],
    ],
  },
  {
    kind: "steps",
    channels: {
      x: "days",
      y: "probability",
      lower: "lower",
      upper: "upper",
      n: "at_risk",
      series: "segment",
    },
    columns: [
      ["days", "days", [...days, ...days]],
      ["probability", "share", [...days, ...days].map((day, i) => (day / 400) * (i < 6 ? 1 : 0.6))],
      ["lower", "share", [...days, ...days].map((day) => day / 900)],
      ["upper", "share", [...days, ...days].map((day) => day / 300)],
      ["at_risk", "count", [...days, ...days].map((day, i) => 600 - 3 * day - (i < 6 ? 0 : 40))],
      [
        "segment",
        "text",
        [...days, ...days].map((_, i) =>
          i < 6 ? "Paid social" : "Referral programme with partners",
        ),
      ],
    ],
  },
  {
    kind: "lorenz",
    channels: { x: "customer_share", y: "revenue_share", gini: "gini" },
    columns: [
      ["customer_share", "share", [0.1, 0.2, 0.5, 1]],
      ["revenue_share", "share", [0.508, 0.6746, 0.8945, 1]],
      ["gini", "number", [0.6309, 0.6309, 0.6309, 0.6309]],
    ],
  },
  { kind: "histogram", channels: { x: "revenue" }, columns: [["revenue", "money", money]] },
  {
    kind: "scatter",
    channels: { x: "recency", y: "revenue", fill: "p_alive", label: "customer_id" },
    columns: [
      ["recency", "days", money.map((_, i) => i)],
      ["revenue", "money", money],
      ["p_alive", "share", money.map((_, i) => i / 400)],
      ["customer_id", "text", money.map((_, i) => String(i).padStart(4, "0"))],
    ],
  },
  {
    kind: "binmap",
    channels: { x: "weeks", y: "repeats", fill: "p_alive" },
    columns: [
      ["weeks", "number", money.map((_, i) => (i * 37) % 140)],
      ["repeats", "count", money.map((_, i) => Math.floor(400 / (i + 4)))],
      ["p_alive", "share", money.map((_, i) => i / 400)],
    ],
  },
  {
    kind: "tracks",
    channels: { x: "week", y1: "seen", y2: "expected", phase: "phase", n: "customers" },
    columns: [
      ["week", "count", days],
      ["seen", "number", days.map((day) => day + (day % 4))],
      ["expected", "number", days.map((day) => (day === 1 ? null : day * 0.9))],
      ["phase", "text", days.map((day) => (day < 20 ? "calibration" : "held out for the test"))],
      ["customers", "count", days.map((day) => 190 - day)],
    ],
  },
  {
    kind: "dots",
    channels: { y: "parameter", x: "estimate", lower: "lower", upper: "upper" },
    columns: [
      ["parameter", "text", ["r", "alpha", "a", "b"]],
      ["estimate", "number", [0.24259, 4.4136, 0.79292, 2.4259]],
      ["lower", "number", [0.22, 3.7, 0.5, 1.2]],
      ["upper", "number", [0.27, 5.2, 1.25, 4.9]],
    ],
  },
  {
    kind: "segments",
    channels: { label: "segment", value: "share", compare: "revenue_share" },
    columns: [
      ["segment", "text", ["Champions", "Hibernating", "Potential Loyalist of the second kind"]],
      ["share", "share", [0.2, 0.7, 0.1]],
      ["revenue_share", "share", [0.6, 0.3, 0.1]],
    ],
  },
  {
    kind: "flow",
    channels: { from: "before", to: "after", value: "customers", complete: "is_complete" },
    columns: [
      ["before", "text", moved.map(({ from }) => from)],
      ["after", "text", moved.map(({ to }) => to)],
      ["customers", "count", moved.map(({ size }) => size)],
      ["is_complete", "flag", moved.map(({ from }) => from !== "Lost")],
    ],
  },
  {
    kind: "funnel",
    channels: {
      label: "step",
      value: "people",
      share: "share_of_the_step_before_this_one",
      first: "share_of_first",
      lower: "lower",
      upper: "upper",
    },
    columns: [
      ["step", "text", ["First touched by whatever came", "进入私域", "首单", "Brought somebody"]],
      ["people", "count", [12840, 3210, 0, null]],
      ["share_of_the_step_before_this_one", "share", [null, 0.25, 0, null]],
      ["share_of_first", "share", [1, 0.25, 0, null]],
      ["lower", "share", [null, 0.24, 0, null]],
      ["upper", "share", [null, 0.26, 0.0012, null]],
    ],
  },
  {
    kind: "tiles",
    channels: {
      t1: "revenue",
      t2: "repeat_rate",
      lower2: "lower",
      upper2: "upper",
      t3: "first_order",
    },
    columns: [
      ["revenue", "money", [2500315.63]],
      ["repeat_rate", "share", [0.4989]],
      ["lower", "share", [0.492]],
      ["upper", "share", [0.505]],
      ["first_order", "date", [Date.UTC(1997, 0, 1)]],
    ],
  },
  {
    kind: "tornado",
    channels: { label: "factor", low: "ten per cent less", high: "ten per cent more" },
    columns: [
      [
        "factor",
        "text",
        ["Active customers", "贴现率", "Word of mouth between friends of friends"],
      ],
      ["ten per cent less", "money", [-2500315.6, 120_400, null]],
      ["ten per cent more", "money", [2500315.6, -118_000, 9000]],
    ],
  },
  {
    kind: "tornado",
    channels: { b1: "10% more active customers", b2: "10% higher discount rate", b3: "none" },
    columns: [
      ["10% more active customers", "money", [41_000.5]],
      ["10% higher discount rate", "money", [-380.2]],
      ["none", "money", [0]],
    ],
  },
  {
    kind: "waterfall",
    channels: { x: "step", y: "rows", label: "reason" },
    columns: [
      ["step", "text", ["read", "merged", "excluded", "kept"]],
      ["reason", "text", [null, "line", "cancelled", null]],
      ["rows", "count", [541909, 377924, 9288, 154697]],
    ],
  },
];
