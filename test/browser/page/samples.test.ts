import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentOf as probeContent, probes, silentFaults } from "../../intake/probes.ts";
import { cameOf, contentOf, mustOf, samples } from "../../intake/samples.ts";
import type { Visit } from "../support/visit.ts";
import { expectTie, importFiles, open, openOnly } from "./pageCalls.ts";

// one name, so that each takes the place of the one before
const name = "export.csv";

let at: Visit;

beforeAll(async () => {
  at = await open();
  await openOnly(at.page, "overview");
});

afterAll(() => at?.close());

// no question is answered: what the file leaves open is asked, and stands beside the figures
describe("the exports of 25 platforms, one by one", () => {
  it.each(samples)("$file comes to what its manifest says", async (sample) => {
    const report = await importFiles(at.page, [{ name, content: contentOf(sample) }]);
    expectTie(report);
    expect(cameOf(sample, report)).toEqual(mustOf(sample));
    expect(at.errors).toEqual([]);
  });
});

describe("35 messy files", () => {
  it.each(probes)("$name is read right or says what is wrong", async (probe) => {
    const content = probeContent(probe);
    const report = await importFiles(at.page, [{ name, content }]);
    expectTie(report);
    expect(silentFaults(probe, report)).toEqual([]);
    expect(at.errors).toEqual([]);
  });
});
