import { expect, it } from "vitest";
import { fileName } from "../../src/views/fileName.ts";

it("names the analysis and the day that the data end", () => {
  expect(fileName("cohort-retention", "csv", "2011-12-09")).toBe(
    "perennial-cohort-retention-2011-12-09.csv",
  );
  expect(fileName("a/b c", "png", null)).toBe("perennial-a-b-c.png");
});
