import { expect, it } from "vitest";
import { designCovariates } from "../../src/models/designCovariates.ts";

/** so many customers of each level, level after level */
function column(...counts: [string, number][]) {
  const levels = counts.map(([level]) => level);
  const codes = Float64Array.from(counts.flatMap(([, n], code) => Array(n).fill(code) as number[]));
  return { codes, levels };
}

const ones = (n: number) => Array(n).fill(1) as number[];

it("measures levels against the commonest, in order of their names", () => {
  const covariates = { first_channel: column(["web", 60], ["shop", 100], ["app", 40]) };
  const { names, cells, notes } = designCovariates("channel", covariates, ones(200));
  expect(names).toEqual(["first_channel=app", "first_channel=web"]);
  expect(cells.map(({ z, rows }) => [z, rows.length])).toEqual([
    [[0, 0], 100],
    [[1, 0], 40],
    [[0, 1], 60],
  ]);
  expect(cells[1]!.rows[0]).toBe(160);
  expect(notes).toEqual([]);
});

it("combines covariates, and gives every row to one cell", () => {
  const covariates = {
    first_channel: column(["web", 100], ["app", 100]),
    first_is_member: {
      codes: Float64Array.from({ length: 200 }, (_, i) => i % 2),
      levels: ["no", "yes"],
    },
  };
  const { names, cells } = designCovariates("first_channel, member", covariates, ones(200));
  expect(names).toEqual(["first_channel=web", "first_is_member=yes"]);
  expect(cells.map(({ z }) => z)).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  const rows = cells.flatMap((cell) => [...cell.rows]).sort((a, b) => a - b);
  expect(rows).toEqual(ones(200).map((_, i) => i));
});

it("takes small levels together, and what is not known as a level", () => {
  const covariates = { domain: column(["a", 90], ["", 50], ["b", 20], ["c", 15]) };
  const { names, cells, notes } = designCovariates("domain", covariates, ones(175));
  expect(names).toEqual(["domain=(none)", "domain=(other)"]);
  expect(cells.map(({ rows }) => rows.length)).toEqual([90, 50, 35]);
  expect(notes).toMatchObject([{ code: "levels-pooled", value: 2, covariate: "domain" }]);
  const fewer = { domain: column(["a", 90], ["b", 20]) };
  expect(designCovariates("domain", fewer, ones(110))).toMatchObject({
    names: [],
    notes: [{ code: "covariate-constant", covariate: "domain" }],
  });
  const many = column(
    ...Array.from({ length: 12 }, (_, i): [string, number] => [`l${i}`, 100 - i]),
  );
  const kept = designCovariates("domain", { domain: many }, ones(many.codes.length));
  expect(kept.names).toHaveLength(9);
  expect(kept.notes[0]!.value).toBe(3);
});

it("counts customers, not rows, and does not depend on their order", () => {
  const { codes, levels } = column(["web", 1], ["app", 2]);
  const weighted = designCovariates("channel", { channel: { codes, levels } }, [500, 100, 100]);
  expect(weighted.names).toEqual(["channel=app"]);
  const turned = { codes: codes.toReversed().map((code) => 1 - code), levels: levels.toReversed() };
  const other = designCovariates("channel", { channel: turned }, [100, 100, 500]);
  expect(other.names).toEqual(weighted.names);
  expect(other.cells.map(({ z }) => z)).toEqual(weighted.cells.map(({ z }) => z));
});

it("takes a column that is nowhere known for one level", () => {
  const nowhere = { first_coupon: { codes: new Float64Array(0), levels: [""] } };
  const { names, cells, notes } = designCovariates("coupon", nowhere, ones(50));
  expect([names, cells.length, cells[0]!.rows.length]).toEqual([[], 1, 50]);
  expect(notes.map(({ code }) => code)).toEqual(["covariate-constant"]);
});

it("refuses a name that it does not know, with those that it does", () => {
  const covariates = { first_channel: column(["web", 60]) };
  expect(() => designCovariates("sign", covariates, ones(60))).toThrow(/first_channel: sign/);
  expect(designCovariates(" , ", covariates, ones(60)).names).toEqual([]);
});
