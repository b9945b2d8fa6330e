import { expect, it } from "vitest";
import type { Localized } from "../../src/catalog/query.ts";
import { queries } from "../../src/catalog/queries.ts";
import { readQueries } from "../queries/readQueries.ts";

it("finds every query by its file, in the order of the pipeline", () => {
  const folders = ["canonical", "staging", "marts", "checks", "filters", "analyses"] as const;
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

it("says in three languages what it says in one", () => {
  const named = queries.flatMap(({ folder, id, params, columns, ...query }) =>
    folder !== "analyses"
      ? []
      : [
          ...[query.title, query.question, query.definition, query.sentence].map((said) => ({
            id,
            said,
          })),
          ...[...params, ...columns].flatMap(({ label, note }) =>
            [label, note].map((said) => ({ id, said })),
          ),
          ...Object.values(query.values).map((said) => ({ id, said })),
        ],
  );
  const isWhole = (said: Localized) =>
    !said.en || (said["zh-Hans"] !== undefined && said["zh-Hant"] !== undefined);
  expect(named.filter(({ said }) => !isWhole(said))).toEqual([]);
});
