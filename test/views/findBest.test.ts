import { describe, expect, it } from "vitest";
import { finderOf, pinyinInitials } from "../../src/views/findBest.ts";
import type { Sought } from "../../src/views/findBest.ts";

const all: Sought[] = [
  { title: "Retention curve", aliases: ["留存曲线", "retention-curve"] },
  { title: "Cohort retention", aliases: ["同期群留存", "cohort-retention"] },
  {
    title: "Revenue concentration",
    aliases: ["收入集中度", "pareto"],
    note: "Who brings retention?",
  },
  { title: "Café orders", note: "Ｃｏｕｎｔ" },
];
const find = finderOf(all, (one) => one);
const titles = (wanted: string) => find(wanted).map(({ title }) => title);

describe("finding by words", () => {
  it("gives everything as it comes where nothing is asked for", () => {
    expect(find("  ")).toEqual(all);
  });

  it("puts the beginning before a word, a word before the inside, and a name before a note", () => {
    expect(titles("retention")).toEqual([
      "Retention curve",
      "Cohort retention",
      "Revenue concentration",
    ]);
    const inside = finderOf(["Subtotal", "Grand total", "Total"], (title) => ({ title }));
    expect(inside("total")).toEqual(["Total", "Grand total", "Subtotal"]);
  });

  it("wants every word, in any order", () => {
    expect(titles("retention coh")).toEqual(["Cohort retention"]);
    expect(titles("retention zebra")).toEqual([]);
  });

  it("takes letters in order that begin at a word, and puts them last", () => {
    expect(titles("cohret")).toEqual(["Cohort retention"]);
    expect(titles("rcurve")).toEqual(["Retention curve"]);
    expect(titles("ohret")).toEqual([]);
    const both = finderOf(["Take one run", "A tor"], (title) => ({ title }));
    expect(both("tor")).toEqual(["A tor", "Take one run"]);
  });

  it("finds ids and other languages", () => {
    expect(titles("pareto")).toEqual(["Revenue concentration"]);
    expect(titles("cohort-ret")).toEqual(["Cohort retention"]);
  });

  it("finds Chinese by its characters, together or in order, and beside Latin letters", () => {
    expect(titles("留存")).toEqual(["Retention curve", "Cohort retention"]);
    expect(titles("群存")).toEqual(["Cohort retention"]);
    expect(titles("留存cohort")).toEqual(["Cohort retention"]);
  });

  it("finds Chinese by the first letters of its pinyin", () => {
    expect(pinyinInitials("同期群留存 RFM")).toBe("tqqlc rfm");
    expect(titles("tqq")).toEqual(["Cohort retention"]);
  });

  it("makes no difference of case, width and accents", () => {
    expect(titles("CAFE")).toEqual(["Café orders"]);
    expect(titles("count")).toEqual(["Café orders"]);
  });

  it("lifts what is worth more, and never above a better kind of match", () => {
    const lifted = finderOf(["Undo", "Under", "Blunder"], (title) => ({ title }), {
      bonus: (title) => (title === "Undo" ? 0 : 10),
    });
    expect(lifted("und")).toEqual(["Under", "Undo", "Blunder"]);
  });
});
