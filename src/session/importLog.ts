import type { Engine, Value } from "../engine/engine.ts";

/** A statement that made a part of the tables of an import. */
export interface ImportStatement {
  sql: string;
  variables: Record<string, Value>;
  /** the file that it reads, counted from 1, and what its SQL calls it */
  reads?: { fileNo: number; path: string };
}

/** What an import asked of the engine, so that it can be asked of another. */
export class ImportLog {
  /** the file that is being read, counted from 1 */
  fileNo = 0;
  #statements: ImportStatement[] = [];

  /** What made the tables from nothing; a file that was read in slices is read whole by the first of them. */
  get statements(): readonly ImportStatement[] {
    const seen = new Set<number>();
    return this.#statements.filter(({ reads }) => {
      if (!reads) return true;
      const isFirst = !seen.has(reads.fileNo);
      seen.add(reads.fileNo);
      return isFirst;
    });
  }

  /** The engine, with an ear to what changes its tables. */
  listen(engine: Engine): Engine {
    let path: string | undefined;
    return {
      name: engine.name,
      version: engine.version,
      registerFile: async (name, file) => (path = await engine.registerFile(name, file)),
      dropFile: (name) => engine.dropFile(name),
      restart: () => engine.restart(),
      setCompression: (isOn) => engine.setCompression(isOn),
      close: () => engine.close(),
      query: async (sql, options = {}) => {
        const answer = await engine.query(sql, options);
        this.#note(sql, options.variables ?? {}, path);
        return answer;
      },
    };
  }

  #note(sql: string, variables: Record<string, Value>, path: string | undefined): void {
    if (!/^\s*(create|insert|update|delete|drop)\b/i.test(sql)) return;
    // of what was there before the import
    if (this.#statements.length === 0 && /^\s*drop\b/i.test(sql)) return;
    const given = /^delete from staged(?:_contacts)? where file_no = \d+$/.test(sql);
    if (given) {
      // the straight way did not hold over the whole file: as if it had never been tried
      this.#statements = this.#statements.filter(({ reads }) => reads?.fileNo !== this.fileNo);
      return;
    }
    const isReading = path !== undefined && sql.includes(`'${path}'`);
    const { fileNo } = this;
    this.#statements.push({ sql, variables, ...(isReading && { reads: { fileNo, path: path! } }) });
  }
}
