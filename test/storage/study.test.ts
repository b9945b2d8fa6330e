import { expect, it } from "vitest";
import { sealStudy, unsealStudy } from "../../src/storage/study.ts";
import type { Study } from "../../src/storage/study.ts";
import { sortOut } from "../../src/storage/studyStore.ts";

const study: Study = {
  id: "a",
  name: "",
  title: "春季",
  text: "# 春季\n",
  checkpoints: [{ name: "first", at: 1, text: "# 春\n", isInert: true }],
  files: [{ name: "orders.csv", bytes: 10, rows: 2, shape: null }],
  keepsFiles: false,
  isInert: false,
  beganAt: 1,
  changedAt: 2,
  revision: 3,
};

it("comes out of the store as it went in", () => {
  expect(unsealStudy(sealStudy(study))).toEqual(study);
});

it.each([
  ["nothing", undefined],
  ["a text", "garbage"],
  ["a body that is cut", { ...sealStudy(study), body: sealStudy(study).body.slice(0, -9) }],
  ["one letter that is another", flipped()],
  ["a part that is missing", sealStudy({ ...study, files: undefined as never })],
  ["a part of another type", sealStudy({ ...study, checkpoints: [{ name: 1 }] as never })],
])("is damaged as %s", (_, found) => {
  expect(unsealStudy(found)).toBeUndefined();
});

function flipped() {
  const sealed = sealStudy(study);
  return { ...sealed, body: sealed.body.replace("orders", "0rders") };
}

it("opens in the latest revision that can be read, the study that changed last first", () => {
  const [older, newer] = [1, 2].map((revision) => ({ ...study, revision, text: `${revision}` }));
  const other = { ...study, id: "b", changedAt: 9 };
  const broken = { ...sealStudy(study), body: "{" };
  const lost = { ...sealStudy({ ...study, id: "c" }), sum: 0 };
  const found = [older!, newer!, other].map(sealStudy);
  const { studies, damaged } = sortOut([...found, broken, lost]);
  expect(studies).toEqual([other, newer]);
  expect(damaged).toEqual([
    { id: "a", study: newer, found: broken },
    { id: "c", study: null, found: lost },
  ]);
});
