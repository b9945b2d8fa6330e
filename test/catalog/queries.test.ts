import { expect, it } from "vitest";
import { queries } from "../../src/catalog/queries.ts";
import { readQueries } from "../queries/readQueries.ts";

it("finds every query by its file, in the order of the pipeline", () => {
  const folders = ["canonical", "staging", "marts", "checks", "analyses"] as const;
  const onDisk = folders.flatMap((folder) => readQueries(folder));
  expect(queries.map(({ folder, id }) => `${folder}/${id}`)).toEqual(
    onDisk.map(({ folder, id }) => `${folder}/${id}`),
  );
  expect(queries).toEqual(onDisk);
});

it("has one analysis of a name", () => {
  const ids = queries.filter(({ folder }) => folder === "analyses").map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
