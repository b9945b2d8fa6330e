import { describe, expect, it } from "vitest";
import {
  offsetAt,
  offsetSql,
  readOffset,
  transitionsOf,
  wallClockSql,
} from "../../src/intake/timeZones.ts";
import { query, stage } from "./stageFile.ts";

it.each([
  ["2024-03-10 01:59:59 -0500", -300],
  ["2024-03-10T01:59:59+05:30", 330],
  ["2024-03-10T01:59:59Z", 0],
  ["Mar 10, 2024 01:59 PST", -480],
  ["2024-03-10 01:59 JST", 540],
  ["2024-03-10 01:59:59+09", 540],
  ["2024-03-10 01:59 XYZ", undefined],
  ["2024-03-10 01:59:59", undefined],
])("reads the offset of %s", async (text, minutes) => {
  expect(readOffset(text)).toBe(minutes);
  const [row] = await query(`select ${offsetSql(`'${text}'`)} as minutes`);
  expect(row!.minutes).toBe(minutes ?? null);
});

const instants = [
  "2024-03-10 06:59:59", // New York's clocks go forward a second later
  "2024-03-10 07:00:00",
  "2024-11-03 05:59:59",
  "2024-11-03 06:00:00",
  "2024-04-06 14:59:59", // Lord Howe goes back half an hour
  "2024-04-06 15:00:00",
  "2011-12-30 09:59:59", // Samoa leaves a day out
  "2011-12-30 10:00:00",
  "2024-07-01 12:00:00",
  "1996-01-01 00:00:00",
  "2038-07-01 00:00:00",
];

it.each([
  "America/New_York",
  "Europe/Berlin",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Asia/Shanghai",
  "America/Sao_Paulo",
  "Asia/Kolkata",
  "UTC",
])("moves instants to the clocks of %s, to the second", async (zone) => {
  for (const instant of instants) {
    const at = Date.parse(`${instant.replace(" ", "T")}Z`);
    const wall = new Date(at + offsetAt(zone, at) * 60_000).toISOString().slice(0, 19);
    const [row] = await query(
      `select strftime(${wallClockSql(`(timestamp '${instant}')`, zone)}, '%Y-%m-%dT%H:%M:%S') as wall`,
    );
    expect(row!.wall, `${zone} ${instant}`).toBe(wall);
  }
});

it("knows when clocks change", () => {
  const changes = transitionsOf("America/New_York").map(({ from, offset }) => [
    Number.isFinite(from) ? new Date(from).toISOString() : "",
    offset,
  ]);
  expect(changes).toContainEqual(["2024-03-10T07:00:00.000Z", -240]);
  expect(changes).toContainEqual(["2024-11-03T06:00:00.000Z", -300]);
  expect(transitionsOf("UTC")).toHaveLength(1);
});

describe("times with offsets", () => {
  const file = (times: string[]) =>
    [
      "Order ID,Customer ID,Created at,Total",
      ...times.map((t, i) => `A${i},C${i},${t},1.00`),
      "",
    ].join("\n");
  const days = async (times: string[], answers?: Record<string, string>) => {
    const { rows, plan } = await stage(file(times), { answers });
    return { plan, times: rows.map(({ ordered_at }) => ordered_at) };
  };

  it("of one place's winter and summer stay as written", async () => {
    const { plan, times } = await days(["2024-01-10 23:30:00 -0500", "2024-07-10 23:30:00 -0400"]);
    expect(plan.questions.map(({ id }) => id)).not.toContain("time-zone");
    expect(times).toEqual(["2024-01-10 23:30:00", "2024-07-10 23:30:00"]);
  });

  it("of one offset stay as written, and move where the reader names the shop's zone", async () => {
    const written = ["2024-03-10T06:59:59Z", "2024-03-10T07:00:00Z", "2024-11-03T06:30:00Z"];
    expect((await days(written)).times).toEqual(
      written.map((t) => t.slice(0, 19).replace("T", " ")),
    );
    const { times } = await days(written, { "time-zone": "America/New_York" });
    expect(times).toEqual(["2024-03-10 01:59:59", "2024-03-10 03:00:00", "2024-11-03 01:30:00"]);
  });

  it("of several places are moved to one clock, which is asked", async () => {
    const written = [
      "2024-01-10 23:30:00 +0800",
      "2024-01-11 09:00:00 +0800",
      "2024-01-11 10:00:00 +0800",
      "2024-01-10 10:30:00 -0500",
    ];
    const { plan, times } = await days(written);
    const question = plan.questions.find(({ id }) => id === "time-zone");
    expect(question?.guess).toBe("Asia/Shanghai");
    expect(times.at(-1)).toBe("2024-01-10 23:30:00");
    const other = await days(written, { "time-zone": "as-written" });
    expect(other.plan.questions.map(({ id }) => id)).not.toContain("time-zone");
    expect(other.times.at(-1)).toBe("2024-01-10 10:30:00");
  });

  it("in seconds since 1970 are UTC, and move where the reader names the zone", async () => {
    const written = ["1710053999", "1710054000"];
    expect((await days(written)).times).toEqual(["2024-03-10 06:59:59", "2024-03-10 07:00:00"]);
    const { times } = await days(written, { "time-zone": "America/New_York" });
    expect(times).toEqual(["2024-03-10 01:59:59", "2024-03-10 03:00:00"]);
  });
});
