import { tableFromIPC } from "apache-arrow";
import type { Table } from "apache-arrow";
import fc from "fast-check";
import Papa from "papaparse";
import { beforeAll, describe, expect, it } from "vitest";
import { toCsv, toCsvParts } from "../../src/engine/toCsv.ts";
import { openWasm } from "./openWasm.ts";

let query: (sql: string) => Table;

beforeAll(async () => {
  const db = await openWasm();
  const connection = db.connect();
  query = (sql) => tableFromIPC(connection.useUnsafe((bindings, id) => bindings.runQuery(id, sql)));
});

const csv = (sql: string) => [...toCsvParts(query(sql), { mark: false })].join("");
const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

it("writes RFC 4180 text: a header, CRLF, quotes doubled, null as nothing, empty text as quotes", () => {
  expect(
    csv(`select 1 as a, 'x' as "b,c", null as d, '' as e, 'say "hi"' as f, 'two\nlines' as g`),
  ).toBe('a,"b,c",d,e,f,g\r\n1,x,,"","say ""hi""","two\nlines"\r\n');
});

it("writes each type so that it can be read back", () => {
  expect(
    csv(`
      select
        9007199254740993::bigint as big, -12.5 ::double as number, 'nan'::double as nan, true as flag,
        date '2024-02-29' as day, date '1969-12-31' as early,
        timestamp '2024-02-29 12:34:56' as time, timestamp '2024-02-29 12:34:56.789012' as micro,
        timestamp '1969-12-31 23:59:59.5' as before, 'a'::enum('a', 'b') as kind, [1, 2] as list
    `).split("\r\n")[1],
  ).toBe(
    "9007199254740993,-12.5,,true,2024-02-29,1969-12-31,2024-02-29 12:34:56," +
      '2024-02-29 12:34:56.789012,1969-12-31 23:59:59.500,a,"[1,2]"',
  );
});

describe("text that a spreadsheet would run", () => {
  it.each(["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])(
    "is quoted behind an apostrophe when it begins with %j",
    (mark) => {
      expect(csv(`select ${text(`${mark}cmd|' /C calc'!A0`)} as v`)).toBe(
        `v\r\n"'${mark}cmd|' /C calc'!A0"\r\n`,
      );
    },
  );

  it("is quoted whole when a mark follows a semicolon or a new line, so no cell begins there", () => {
    expect(csv(`select 'a;=1+1' as v, 'a\n=1+1' as w`)).toBe('v,w\r\n"a;=1+1","a\n=1+1"\r\n');
  });

  it("is caught in the header and in enums too", () => {
    expect(csv(`select '=1'::enum('=1') as "=2"`)).toBe(`"'=2"\r\n"'=1"\r\n`);
  });

  it("leaves negative numbers numbers, by their type", () => {
    expect(csv("select -12.50::double as a, -7 as b, '-12.50' as c")).toBe(
      `a,b,c\r\n-12.5,-7,"'-12.50"\r\n`,
    );
  });
});

it("gives back any text through another parser", () => {
  const value = fc.string({ unit: "binary", maxLength: 12 }).map((raw) => raw.replaceAll("\0", ""));
  fc.assert(
    fc.property(value, value, (a, b) => {
      const parsed = Papa.parse<string[]>(csv(`select ${text(a)} as a, ${text(b)} as b`)).data[1];
      const plain = parsed?.map((field) => field.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ""));
      expect(plain).toEqual([a, b]);
    }),
    { numRuns: 300, seed: 7 },
  );
});

it("goes out in parts, as a file with a mark that Excel needs", async () => {
  const table = query("select range as i from range(25000)");
  const parts = [...toCsvParts(table)];
  expect(parts.length).toBeGreaterThan(2);
  const blob = await toCsv(table, { header: ["No."] });
  expect(blob.type).toBe("text/csv;charset=utf-8");
  const bytes = new Uint8Array(await blob.arrayBuffer());
  expect([...bytes.subarray(0, 6)]).toEqual([0xef, 0xbb, 0xbf, ...new TextEncoder().encode("No.")]);
  expect((await blob.text()).trim().split("\r\n")).toHaveLength(25001);
});

it("writes the rows in the order that is asked for", () => {
  const table = query("select range as i, 'r' || range as t from range(5000)");
  const order = Uint32Array.from({ length: 5000 }, (_, place) => 4999 - place);
  const lines = [...toCsvParts(table, { order, mark: false })].join("").trim().split("\r\n");
  expect(lines).toHaveLength(5001);
  expect([lines[1], lines[2], lines[5000]]).toEqual(["4999,r4999", "4998,r4998", "0,r0"]);
});
