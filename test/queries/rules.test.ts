import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { CountRules, Localized, Param, Query } from "../../src/catalog/query.ts";
import { faultsOf } from "../../src/charts/channels.ts";
import { readQueries } from "./readQueries.ts";

const analyses = readQueries("analyses");
const checks = readQueries("checks");
const named = (queries: Query[]) => queries.map((query) => [query.id, query] as const);

const ids = `reconciliation data-health overview growth-accounting cohort-retention cohort-revenue
  retention-curve repurchase-curve repeat-rate purchase-intervals order-frequency rfm rfm-segments
  pareto clv-historic unit-economics clv-model clv-forecast customer-lifespan clv-validation
  customer-equity clv-curve revenue-growth revenue-tree acquisition-cost retention-cost cohort-diff
  value-compounding retention-what-if rfm-movement super-users high-value-score domain-growth
  private-domain-conversion touch-response dormant-wakeup referral-growth koc-leaderboard
  indirect-value acquisition-method product-affinity category-preference promotion-dependence
  returns-trust action-lists attribute-cohorts lifecycle-funnel tag-lift
  tier-movement five-step-scorecard membership-effect exposure-response need-trust-exposure`.split(
  /\s+/,
);

it("has the analyses of the dictionary", () => {
  expect(analyses.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
});

const groups = "data growth retention value private referral products".split(" ");

describe.each(named(analyses))("%s", (_id, query) => {
  it("speaks every language", () => {
    const texts: [string, Localized][] = [
      ["title", query.title],
      ["question", query.question],
      ["definition", query.definition],
      ["sentence", query.sentence],
      ...query.columns.map((column): [string, Localized] => [
        `column ${column.name}`,
        column.label,
      ]),
      ...query.params.map((param): [string, Localized] => [`param ${param.name}`, param.label]),
      ...query.params.map((param): [string, Localized] => [`note of ${param.name}`, param.note]),
      ...Object.entries(query.values),
    ];
    expect(texts.filter(([, text]) => !isWhole(text)).map(([what]) => what)).toEqual([]);
    const untold = query.params
      .flatMap(({ choices }) => choices)
      .filter((choice) => !query.values[choice]);
    expect(untold).toEqual([]);
  });

  it("writes its traditional Chinese in traditional characters", () => {
    const texts = [query.title, query.question, query.definition, query.sentence].concat(
      [...query.columns, ...query.params].map(({ label }) => label),
      query.params.map(({ note }) => note),
    );
    const simplified =
      /[与业东丝两严个丰临为举义乐习书买乱产亲亿仅从们价众优会传伤伦伪体余佣侧侦储儿兑关兴养兽内册写军农冲决况冻净减凑几凭击则刚创删别办务动劳势区医华协单卖卢卫却厂厅历压厌县参双变叙叶号叹后吗听员咏响团园围国图圆圣场坏块坚坛垒处备复够头夹夺奋奖妇孙学宁宝实宠审宽对寻导寿将尔层属岁币帅师带帮应庙废开异弃张强弹归当录彻径忆态总恋恶恼悬惊惯愿战户扑执扩扫扬抚抢护报担拟择挂挡挣挤挥损换据摄摆敌数断无旧时显晓术机杀杂权条来极构枪标栈树样桥检楼横欢欧残毁毕气汇汉沟没测济浓涌润渐渔满滞灭灯灵点炼热爱独狭现环电画疗监盖盘矫码确础离种积称稳穷窃竞笔签简类粮纠红约级纪纯纲纳纵纷纸纹线练组细织终经结绕绘给络绝统继续维综绿缓编缘缺网罗罚职联聪肃胜脉脑脱节范荐获营虑虽补装见观规视览觉触计订认讨让训议讯记讲许论设访证评识诉诊词译试诗诚话该详语误说请诸课谁调谈谋谢谨谱贝负财责败账货质贩贪贫购贯贴贵贷贸费贺资赋赏赔赖赚赛赢趋跃践踪车轨转轮软轴轻载较辅辆辑输辖达迁过运还这进远违连迟适选递逻遗邻郑释里鉴针钟钢钥钱铁链销锁锋错键长门闭问闲间闹闻阅队阳阴阵阶际陆陈险随隐难静页顶项顺须顾预领频题颜额风饭饮马驱验鱼鲜麦黄齐龙周]/;
    for (const text of texts) expect(text["zh-Hant"]).not.toMatch(simplified);
  });

  it("tells its facts, and only those, in its sentence", () => {
    const facts = query.facts.map(({ name }) => name).sort();
    for (const sentence of [
      query.sentence.en,
      query.sentence["zh-Hans"]!,
      query.sentence["zh-Hant"]!,
    ]) {
      const places = [...sentence.matchAll(/\{\??(\w+)[|}]/g)].map((match) => match[1]!);
      expect([...new Set(places)].sort()).toEqual(facts);
    }
  });

  it("says whom its rows count, and that each is a customer where it names one", () => {
    expect(query.counts).toBeDefined();
    const names = query.columns.some(({ name }) => /^(customer|referrer)_id$/.test(name));
    expect(query.counts === "customer").toBe(names);
    if (query.drill && query.counts !== "customer") {
      const counted = (query.counts as CountRules).levels.flatMap(({ counts }) =>
        counts.map(({ name }) => name),
      );
      expect(counted).toContain(query.drill.count);
    }
  });

  it("names its columns and settings in words, not in code", () => {
    const labels = [...query.columns, ...query.params].map(({ label }) => label.en);
    const codes = /\b(?:Aic|Aov|Arpu|Bic|Cac|Clv|Crc|Koc|Ltv|Nth|Rfm|Roi|[Mm]ax|[Mm]in)\b|_/;
    expect(labels.filter((label) => codes.test(label))).toEqual([]);
    expect(query.params.filter(({ label }) => label.en.length < 2)).toEqual([]);
  });

  it("names a chart that exists and columns that it has", () => {
    expect(query.charts.length).toBeGreaterThan(0);
    const columns = query.columns.map(({ name }) => name);
    for (const { kind, channels, title } of query.charts) {
      expect(faultsOf(kind, channels)).toEqual([]);
      for (const column of Object.values(channels)) expect(columns).toContain(column);
      if (query.charts.length > 1) expect([title, isWhole(title)]).toEqual([title, true]);
    }
    if (query.order) expect(columns).toContain(query.order.column);
    for (const name of Object.keys(query.brushes)) {
      expect(query.columns.find((column) => column.name === name)?.type).toBe("date");
      const axes = query.charts.map(
        ({ kind, channels }) => channels[kind === "heatmap" ? "y" : "x"],
      );
      expect(axes).toContain(name);
      expect(query.params.map((param) => param.name)).toContain("grain");
    }
    const labels = query.columns.flatMap(({ bands }) => bands?.labels ?? []);
    expect(labels.filter((label) => !isWhole(label))).toEqual([]);
  });

  it("belongs to a group and says what it reads", () => {
    expect(groups).toContain(query.group);
    const read = [...query.sql.replace(/--.*$/gm, "").matchAll(/\b(?:from|join) (\w+)/g)].map(
      (match) => match[1]!,
    );
    const marts = [...readQueries("canonical"), ...readQueries("marts")].map(({ id }) => id);
    for (const table of query.needs) expect(read).toContain(table);
    const known = [...marts, ...ctesOf(query.sql), "unnest", "generate_series"];
    expect(read.filter((table) => !known.includes(table) && !subject.test(table))).toEqual([]);
  });

  it("takes every param once, in the params CTE, with the fallback of the front matter", () => {
    const params = /params as \(\n([\s\S]*?)\n\)/.exec(query.sql)?.[1] ?? "";
    expect(query.sql.replace(params, "")).not.toContain("getvariable");
    const taken = [...params.matchAll(/getvariable\('(\w+)'\)/g)].map((match) => match[1]!);
    expect(new Set(taken).size).toBe(taken.length);
    const forModel = query.model
      ? "model unit horizon discount margin view pool k_factor formula".split(" ")
      : [];
    const declared = query.params.map(({ name }) => name);
    // the model reads what it likes of the params; some of it the SQL reads too
    const silent = forModel.filter((name) => !taken.includes(name));
    expect(taken.toSorted()).toEqual(declared.filter((name) => !silent.includes(name)).toSorted());
    for (const name of taken) {
      expect([name, fallbackOf(params, name)]).toEqual([
        name,
        expectedFallback(query.params, name),
      ]);
    }
  });
});

describe.each(named([...analyses, ...checks]))("%s as SQL", (_id, query) => {
  const bare = query.sql.replace(/'(?:[^']|'')*'/g, "''").replace(/--.*$/gm, "");

  it("calls nothing that is a clock, a zone, a download or a dialect's own", () => {
    expect(bare).not.toMatch(
      /\b(now|today|current_date|current_time|current_timestamp|localtime|timezone|at time zone|timestamptz|json\w*|parquet\w*|read_\w+|copy|attach|install|load|pragma|qualify|pivot|unpivot|list_\w+|array_agg|count\s*\(\s*distinct)\b/,
    );
    expect(bare).not.toContain("//");
  });

  it("keeps the house style", () => {
    expect(bare).not.toMatch(
      /\b(SELECT|FROM|WHERE|JOIN|GROUP|ORDER|WITH|CASE|SUM|COUNT|AND|AS|ON)\b/,
    );
    expect(bare).not.toMatch(/^\s*,/m);
    expect(query.sql).not.toMatch(/\t| +$/m);
    expect(bare).not.toMatch(/(?<!inner|left|full|cross) join\b/);
    expect(query.sql.split(";").length).toBe(2);
    expect(query.sql.endsWith(";\n")).toBe(true);
    for (const line of query.sql.split("\n")) expect(line.length).toBeLessThanOrEqual(120);
  });
});

it("checks say in every language what they look for", () => {
  for (const check of checks) {
    expect([check.id, isWhole(check.title), isWhole(check.definition)]).toEqual([
      check.id,
      true,
      true,
    ]);
  }
});

describe("RFM partitions", () => {
  const partitions = readPartitions("rfm");

  it.each(["rfm-segments", "rfm-movement"])("stand alike in rfm and in %s", (id) => {
    expect(readPartitions(id)).toEqual(partitions);
  });

  it.each([
    ["11", 11, cellsOf(3, 5)],
    ["rf-10", 10, cellsOf(2, 5)],
    ["six", 6, cellsOf(3, 3)],
    ["cn-8", 8, cellsOf(3, 2).map((cell) => cell.replaceAll("1", "0").replaceAll("2", "1"))],
  ])("%s puts every cell into exactly one of its %i segments", (scheme, segments, cells) => {
    const rows = partitions.filter((row) => row.scheme === scheme);
    expect(new Set(rows.map((row) => row.segment)).size).toBe(segments);
    expect(rows.flatMap((row) => row.cells).toSorted()).toEqual(cells.toSorted());
  });
});

const subject = /^(customer|costs|orders)\w*$/;

function isWhole(text: Localized): boolean {
  return Boolean(text.en && text["zh-Hans"] && text["zh-Hant"]);
}

function ctesOf(sql: string): string[] {
  return [...sql.matchAll(/^(\w+)(?: \([^)]*\))? as \($/gm)].map((match) => match[1]!);
}

function fallbackOf(params: string, name: string): string | null {
  const coalesced = new RegExp(
    `coalesce\\(getvariable\\('${name}'\\), ('(?:[^']|'')*'|[\\w.]+)\\)::\\w+ as \\w+`,
  );
  const match = coalesced.exec(params);
  if (match) return match[1]!;
  return new RegExp(`getvariable\\('${name}'\\)::\\w+ as \\w+`).test(params) ? null : "not cast";
}

function expectedFallback(params: Param[], name: string): string | null {
  if (name === "as_of") return "dataset.as_of";
  const { default: value } = params.find((param) => param.name === name)!;
  return typeof value === "string" ? `'${value}'` : value === null ? null : String(value);
}

function readPartitions(id: string) {
  const path = resolve(import.meta.dirname, `../../queries/analyses/${id}.sql`);
  const rows = readFileSync(path, "utf8").matchAll(
    /^ {4}\('([\w-]+)', (\d+), '((?:[^']|'')+)', '([\d ]+)'\),?$/gm,
  );
  return [...rows].map(([, scheme, place, segment, cells]) => ({
    scheme: scheme!,
    place: Number(place),
    segment: segment!,
    cells: cells!.split(" "),
  }));
}

function cellsOf(measures: number, bins: number): string[] {
  const scores = Array.from({ length: bins }, (_, i) => String(i + 1));
  let cells = [""];
  for (let i = 0; i < measures; ++i)
    cells = cells.flatMap((cell) => scores.map((score) => cell + score));
  return cells;
}
