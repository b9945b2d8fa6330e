import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { pageHeaders } from "../../src/engine/contentPolicy.ts";
import { harnessFolder } from "./support/folders.ts";
import { ask, start } from "./support/harnessCalls.ts";
import { visit } from "./support/visit.ts";
import type { Visit, VisitOptions } from "./support/visit.ts";

type Fault = (response: ServerResponse, path: string) => void;

let at: Visit;
let fault: Fault | undefined;

afterEach(async () => {
  fault = undefined;
  await at.close();
});

/** Opens the harness on a host whose engine files suffer from the fault. */
async function open(of: RegExp, how: Fault, options: Partial<VisitOptions> = {}): Promise<void> {
  fault = how;
  const answer: VisitOptions["answer"] = (path, response) => {
    if (!of.test(path) || !fault) return false;
    fault(response, path);
    return true;
  };
  at = await visit({ root: harnessFolder, answer, ...options });
}

const wasm = /engine\/.*\.wasm\.gz$/;
const script = /engine\/.*\.js\.gz$/;
const both = /engine\//;
const page = "<!doctype html><title>The site</title>";
const file = (path: string) => readFileSync(`${harnessFolder}${path}`);
const gzipped = { "Content-Type": "application/gzip" };
// The bare library hangs for ever on each of these. A fault must be told when it is seen: well
// before the time-out, which is put off here, also on a busy machine.
const startTimeoutMs = 110_000;
const quick = 40_000;

async function expectFault(code: string, message: RegExp): Promise<void> {
  const started = await start(at.page, { startTimeoutMs });
  expect([started.code, started.message]).toEqual([code, expect.stringMatching(message)]);
  expect(started.tookMs).toBeLessThan(quick);
}

async function expectRecovery(): Promise<void> {
  fault = undefined;
  expect((await start(at.page)).code).toBe("ok");
  expect((await ask(at.page, "select 1 as v")).rows).toEqual([{ v: 1 }]);
}

describe("an engine file that the host does not have", () => {
  it.each([wasm, script])("is named, and found on the next try: %s", async (which) => {
    await open(which, (response) => response.writeHead(404).end("no"));
    await expectFault("wasm-missing", /404: engine\/duckdb/);
    await expectRecovery();
  });

  it("is named when the host hangs up", async () => {
    await open(wasm, (response) => response.destroy());
    await expectFault("wasm-missing", /cannot fetch engine file/);
    await expectRecovery();
  });
});

describe("a page in place of an engine file", () => {
  it("is told by its type", async () => {
    await open(wasm, (response) =>
      response.writeHead(200, { "Content-Type": "text/html" }).end(page),
    );
    await expectFault("wasm-type", /a page in place of an engine file/);
    await expectRecovery();
  });

  it("is told by its text when the type lies", async () => {
    await open(wasm, (response) => response.writeHead(200, gzipped).end(page));
    await expectFault("wasm-type", /a page in place of an engine file/);
  });
});

describe("a damaged engine file", () => {
  it("is told when it is cut short", async () => {
    await open(wasm, (response, path) => {
      response.writeHead(200, gzipped).end(file(path).subarray(0, 4_000_000));
    });
    await expectFault("wasm-corrupt", /damaged engine file/);
    await expectRecovery();
  });

  it("is told when the connection breaks off", async () => {
    await open(wasm, (response, path) => {
      const bytes = file(path);
      response.writeHead(200, { ...gzipped, "Content-Length": bytes.length });
      response.write(bytes.subarray(0, 4_000_000), () => response.destroy());
    });
    await expectFault("wasm-corrupt", /broken off engine file/);
  });

  it("is told when a byte has changed", async () => {
    await open(script, (response, path) => {
      const bytes = gunzipSync(file(path));
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      response.writeHead(200, gzipped).end(gzipSync(bytes));
    });
    await expectFault("wasm-corrupt", /damaged engine file/);
  });

  it("is asked for once more past the browser's cache", async () => {
    let answers = 0;
    await open(wasm, (response, path) => {
      const bytes = file(path);
      response.writeHead(200, gzipped).end(++answers === 1 ? bytes.subarray(0, 9) : bytes);
    });
    expect((await start(at.page)).code).toBe("ok");
    expect(answers).toBe(2);
  });

  it("is told by the worker at once where the page cannot check it", async () => {
    await open(
      wasm,
      (response, path) => {
        const bytes = gunzipSync(file(path));
        bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 1000);
        response.writeHead(200, gzipped).end(gzipSync(bytes, { level: 1 }));
      },
      { before: () => Object.defineProperty(crypto, "subtle", { value: undefined }) },
    );
    await expectFault("wasm-corrupt", /damaged engine file/);
  });
});

it("tells the wasm of another build", async () => {
  const other = createRequire(import.meta.url).resolve("@duckdb/duckdb-wasm/dist/duckdb-mvp.wasm");
  await open(wasm, (response) => {
    response.writeHead(200, gzipped).end(gzipSync(readFileSync(other), { level: 1 }));
  });
  await expectFault("wasm-mismatch", /another version/);
  await expectRecovery();
});

describe("a host that is only odd", () => {
  it("may call the files anything", async () => {
    await open(both, (response, path) => {
      response.writeHead(200, { "Content-Type": "application/octet-stream" }).end(file(path));
    });
    expect((await start(at.page)).code).toBe("ok");
  });

  it("may have the browser inflate them", async () => {
    await open(both, (response, path) => {
      response.writeHead(200, { ...gzipped, "Content-Encoding": "gzip" }).end(file(path));
    });
    const { code, shares } = await start(at.page);
    expect(code).toBe("ok");
    expect(Math.max(...shares)).toBeLessThanOrEqual(1);
  });
});

describe("a policy that is too strict", () => {
  const strict = (from: string, to: string) => ({
    headers: {
      ...pageHeaders,
      "Content-Security-Policy": (pageHeaders["Content-Security-Policy"] ?? "").replace(from, to),
    },
  });

  it.each([
    ["'wasm-unsafe-eval'", "", /must have 'wasm-unsafe-eval' in script-src/],
    ["worker-src 'self' blob:", "worker-src 'self'", /must have blob: in worker-src/],
  ])("is named: without %s", async (from, to, message) => {
    await open(/^$/, () => undefined, strict(from, to));
    await expectFault("wasm-blocked", message);
  });
});

it("gives up on a start that takes too long, and starts on the next try from the same files", async () => {
  await open(/^$/, () => undefined);
  const late = await start(at.page, { startTimeoutMs: 1 });
  expect([late.code, late.message]).toEqual(["start-timeout", expect.stringMatching(/1 ms/)]);
  const requests = at.site.requests.length;
  await expectRecovery();
  expect(at.site.requests).toHaveLength(requests);
});

it("notices at once that its worker was killed, and starts another", async () => {
  await open(/^$/, () => undefined, {
    before: () => {
      const Real = Worker;
      window.Worker = class extends Real {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          Object.assign(window, { lastWorker: this });
        }
      };
    },
  });
  await start(at.page);
  const killed = await at.page.evaluate(async () => {
    const { lastWorker } = window as unknown as { lastWorker: Worker };
    const codeOf = (error: unknown) => (error as { code: string }).code;
    const running = window.engine
      .query("select count(*) from range(100000) a, range(1000000) b where a.range * b.range = 3")
      .catch(codeOf);
    const waiting = window.engine.query("select 1").catch(codeOf);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const begin = performance.now();
    lastWorker.terminate();
    const codes = await Promise.all([running, waiting]);
    const next = await window.engine.query("select 1").catch(codeOf);
    return { codes: [...codes, next], tookMs: performance.now() - begin };
  });
  expect(killed.codes).toEqual(["worker-died", "worker-died", "worker-died"]);
  expect(killed.tookMs).toBeLessThan(5000);
  await at.page.evaluate(() => window.engine.restart());
  expect((await ask(at.page, "select 1 as v")).rows).toEqual([{ v: 1 }]);
});

describe("memory that runs out", () => {
  const fill =
    "create table t as select md5(range::varchar) as a, md5((range + 1)::varchar) as b from range(9000000)";

  it("fails the query, keeps the tables, and bars files until a restart", async () => {
    await open(/^$/, () => undefined);
    await start(at.page, { memoryLimit: "100MB" });
    await ask(at.page, "create table kept as select 7 as v");
    expect((await ask(at.page, fill)).code).toBe("out-of-memory");
    expect((await ask(at.page, "select v from kept")).rows).toEqual([{ v: 7 }]);
    const left = await ask(at.page, "select table_name from duckdb_tables()");
    expect(left.rows).toEqual([{ table_name: "kept" }]);
    const reading = await ask(at.page, "select * from read_csv('nb1/f1.csv')");
    expect([reading.code, reading.message]).toEqual([
      "out-of-memory",
      expect.stringMatching(/must be restarted/),
    ]);
    await at.page.evaluate(() => window.engine.restart());
    expect((await ask(at.page, "select 1 from duckdb_tables()")).rows).toEqual([]);
  });
});

it("says that nothing works after a trap in the wasm, until a restart", async () => {
  await open(/^$/, () => undefined);
  await start(at.page);
  expect((await ask(at.page, "select length(repeat('x', 3000000000))")).code).toBe("fatal");
  const next = await ask(at.page, "select 1");
  expect([next.code, next.message]).toEqual(["fatal", expect.stringMatching(/must be restarted/)]);
  await at.page.evaluate(() => window.engine.restart());
  expect((await ask(at.page, "select 1 as v")).rows).toEqual([{ v: 1 }]);
});
