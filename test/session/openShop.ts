import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine, QueryOptions } from "../../src/engine/engine.ts";
import { toEngineError } from "../../src/engine/toEngineError.ts";
import type { ImportReport } from "../../src/intake/report.ts";
import { buildReport } from "../../src/session/buildReport.ts";
import { importSources } from "../../src/session/importSources.ts";
import type { Answers } from "../../src/session/source.ts";
import { text } from "../../src/words/words.ts";
import { startNative } from "../bench/nativeEngine.ts";

export interface NamedFile {
  name: string;
  content: string | Uint8Array;
}

/** The way of the page's import, on native DuckDB. */
export interface Shop {
  importFiles: (files: NamedFile[], answers?: Answers) => Promise<ImportReport>;
  /** rows of a statement on the tables of the last import */
  rows: (sql: string, variables?: QueryOptions["variables"]) => Promise<unknown[]>;
  close: () => Promise<void>;
}

/**
 * Opens native DuckDB behind the page's own import. Tests that hand it files of the careful lane
 * put `runWorker.ts` of this folder in the place of the real one.
 */
export async function openShop(): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), "shop-"));
  const native = await startNative();
  const engine: Engine = {
    ...native,
    async registerFile(name, file) {
      const path = join(folder, name.replace(/\W/g, "-"));
      writeFileSync(path, new Uint8Array(await file.arrayBuffer()));
      return path;
    },
    query: (sql, options) => asked(native, sql, options),
  };
  return {
    async importFiles(files, answers = {}) {
      const sources = files.map(({ name, content }) => ({
        name,
        file: new File([Buffer.from(content)], name),
        corrections: {},
      }));
      const options = {
        answers,
        signal: new AbortController().signal,
        onProgress: () => undefined,
      };
      const imported = await importSources(engine, sources, options);
      return buildReport(engine, imported.files, imported.hasOrders, {
        text: (key, values) => text("en", key, values),
      });
    },
    async rows(sql, variables = {}) {
      const table = await engine.query(
        `select to_json(asked)::varchar as line from (${sql}) asked`,
        { variables },
      );
      const lines = table.getChildAt(0);
      return Array.from({ length: table.numRows }, (_, row) =>
        JSON.parse(String(table.getChild("line")?.get(row) ?? lines?.get(row))),
      );
    },
    async close() {
      await native.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function asked(engine: Engine, sql: string, options?: QueryOptions) {
  try {
    return await engine.query(sql, options);
  } catch (cause) {
    throw toEngineError(cause, sql);
  }
}
