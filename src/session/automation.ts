import type { Column, Param } from "../catalog/query.ts";
import type { ImportReport } from "../intake/report.ts";
import type { Session } from "./session.svelte.ts";
import type { Answers } from "./source.ts";
import { describeColumns, toRows } from "./toRows.ts";

type Rows = Record<string, unknown>[];

/** `window.perennial`: the doors that the page itself uses, for tests, embedding and scripting. */
export interface Automation {
  ready: Promise<{ version: string; engine: { name: string; version: string } }>;
  importFiles(
    files: (File | { name: string; bytes: Uint8Array })[],
    options?: { answers?: Answers },
  ): Promise<ImportReport>;
  analyses(): {
    id: string;
    title: string;
    group: string;
    needs: string[];
    available: boolean;
    params: Param[];
    columns: Column[];
  }[];
  run(
    id: string,
    params?: Record<string, unknown>,
  ): Promise<{ columns: Column[]; rows: Rows; tookMs: number }>;
  sql(text: string): Promise<{ columns: Pick<Column, "name" | "type">[]; rows: Rows }>;
  notebook: { get(): string; set(markdown: string): Promise<void> };
  share(): Promise<string>;
  demo(options?: { customers?: number; seed?: number }): Promise<ImportReport>;
  reset(): Promise<void>;
}

export function toAutomation(session: Session, version: string): Automation {
  const started = session.start();
  const settled = async (work: Promise<boolean>): Promise<ImportReport> => {
    const isRead = await work;
    if (isRead && session.report) return session.report;
    const { code, message } = session.notice ?? { code: "failed", message: "nothing was imported" };
    throw Object.assign(new Error(message), { code });
  };
  return {
    ready: started.then((engine) => {
      if (!engine) {
        const { code = "failed", message = "" } = session.phase as {
          code?: string;
          message?: string;
        };
        throw Object.assign(new Error(message), { code });
      }
      return { version, engine: { name: engine.name, version: engine.version } };
    }),
    async importFiles(files, { answers = {} } = {}) {
      await started;
      return settled(session.importFiles(files.map(toFile), answers));
    },
    analyses: () =>
      session.analyses.map((query) => ({
        id: query.id,
        title: session.localized(query.title),
        group: query.group,
        needs: query.needs,
        available: session.missing(query) === null,
        params: query.params,
        columns: query.columns,
      })),
    async run(id, params = {}) {
      const since = performance.now();
      const { table } = await session.run(id, params);
      const tookMs = performance.now() - since;
      const names = new Set(table.schema.fields.map(({ name }) => name));
      const columns = session.query(id).columns.filter(({ name }) => names.has(name));
      return { columns, rows: toRows(table), tookMs };
    },
    async sql(text) {
      const table = await session.sql(text);
      return { columns: describeColumns(table), rows: toRows(table) };
    },
    notebook: {
      get: () => session.markdown(),
      set: (markdown) => session.setMarkdown(markdown),
    },
    share: () => session.shareLink(location.href),
    async demo(options = {}) {
      await started;
      return settled(session.demo(options));
    },
    reset: () => session.reset(),
  };
}

function toFile(file: File | { name: string; bytes: Uint8Array }): File {
  if (file instanceof File) return file;
  return new File([Uint8Array.from(file.bytes)], file.name);
}
