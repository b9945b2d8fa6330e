import { describe, expect, it } from "vitest";
import { runModel } from "../../src/models/runModel.ts";
import { shopTruth } from "../../src/models/shopTruth.ts";
import { simulateShop } from "../../src/models/simulateShop.ts";
import { summarizeShop } from "./readShop.ts";

const shop = simulateShop();
const [header, ...lines] = shop.ordersCsv.trimEnd().split("\n");
const names = header!.split(",");
const orders = read(shop.ordersCsv);

function read(csv: string): Record<string, string>[] {
  const [head, ...rows] = csv
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  return rows.map((cells) => Object.fromEntries(head!.map((name, i) => [name, cells[i]!])));
}

function share(is: (order: Record<string, string>) => boolean): number {
  return orders.filter(is).length / orders.length;
}

describe("the simulated shop", () => {
  it("is the same text for the same seed, and another for another", () => {
    expect(simulateShop({ seed: 1 })).toEqual(shop);
    expect(simulateShop({ seed: 2 }).ordersCsv).not.toBe(shop.ordersCsv);
  });

  it("has ordinary headers, and every row as many cells", () => {
    expect(header).toBe(
      "Order ID,Customer ID,Order Date,Total,Refunded Amount,Status,Currency," +
        "Channel,Product,Category,Quantity,Country,Coupon,Member",
    );
    expect(new Set(lines.map((line) => line.split(",").length))).toEqual(new Set([names.length]));
    expect(new Set(orders.map((order) => order["Order ID"])).size).toBe(orders.length);
  });

  it("spans the days asked for, in order of time", () => {
    const dates = orders.map((order) => order["Order Date"]!);
    expect(dates).toEqual(dates.toSorted());
    expect(dates[0]! >= "2024-01-01 00:00:00").toBe(true);
    expect(dates.at(-1)!.startsWith("2025-12-31")).toBe(true);
    expect(new Set(dates.map((date) => date.slice(0, 7))).size).toBe(24);
    const short = simulateShop({ customers: 50, from: "2023-05-01", to: "2023-05-31" });
    const days = short.ordersCsv.match(/20\d\d-\d\d-\d\d/g)!;
    expect(days.every((day) => day.startsWith("2023-05"))).toBe(true);
  });

  it("has 4,000 customers, some refunds, few cancellations, members and coupons", () => {
    expect(new Set(orders.map((order) => order["Customer ID"])).size).toBe(4000);
    expect(share((order) => order["Status"] === "Cancelled")).toBeCloseTo(0.012, 2);
    expect(share((order) => Number(order["Refunded Amount"]) > 0)).toBeCloseTo(0.043, 1);
    expect(share((order) => order["Member"] === "yes")).toBeGreaterThan(0.2);
    expect(share((order) => order["Coupon"] !== "")).toBeGreaterThan(0.08);
    for (const order of orders) {
      expect(Number(order["Refunded Amount"])).toBeLessThanOrEqual(Number(order["Total"]));
      expect(order["Total"]).toMatch(/^\d+\.\d\d$/);
    }
  });

  it("sells over public and private channels, and some customers twice in a day", () => {
    const isPrivate = share((order) => order["Channel"]!.includes("私域"));
    expect(isPrivate).toBeGreaterThan(0.2);
    expect(isPrivate).toBeLessThan(0.5);
    const days = orders.map((order) => order["Customer ID"]! + order["Order Date"]!.slice(0, 10));
    const sameDay = days.length - new Set(days).size;
    expect(sameDay).toBeGreaterThan(50);
    expect(sameDay).toBeLessThan(600);
  });

  it("costs something every month in every channel", () => {
    const [costHeader, ...costs] = shop.costsCsv.trimEnd().split("\n");
    expect(costHeader).toBe("Date,Channel,Kind,Cost");
    const cells = costs.map((line) => line.split(","));
    expect(cells.filter(([, , kind]) => kind === "acquisition")).toHaveLength(24 * 7);
    expect(cells.some(([, , kind]) => kind === "retention")).toBe(true);
    expect(cells.every(([date, , , cost]) => date!.endsWith("-01") && Number(cost) > 0)).toBe(true);
  });

  it("tells of people, contacts, referrals and ratings in whole rows", () => {
    for (const [name, text] of Object.entries<string>({ ...shop })) {
      const [header, ...rows] = text
        .trimEnd()
        .split("\n")
        .map((line) => line.split(","));
      expect([name, new Set(rows.map((cells) => cells.length))]).toEqual([
        name,
        new Set([header!.length]),
      ]);
      expect([name, rows.length > 400]).toEqual([name, true]);
    }
  });

  it("knows everybody whom it names, and some who never order", () => {
    const people = read(shop.customersCsv);
    const known = new Set(people.map((person) => person["Customer ID"]));
    expect(known.size).toBe(people.length);
    const buyers = new Set(orders.map((order) => order["Customer ID"]));
    expect([...buyers].filter((id) => !known.has(id))).toEqual([]);
    expect(people.length - buyers.size).toBeGreaterThan(1000);
    const named = [
      ...read(shop.touchesCsv).map((touch) => touch["Customer ID"]),
      ...read(shop.referralsCsv).flatMap((pair) => [pair["Referrer"], pair["Referee"]]),
    ];
    expect(named.filter((id) => !known.has(id))).toEqual([]);
  });

  it("lets customers alone refer, before the referred come, and once", () => {
    const first = new Map<string | undefined, string>();
    for (const order of orders) {
      const id = order["Customer ID"];
      if (!first.has(id)) first.set(id, order["Order Date"]!);
    }
    const pairs = read(shop.referralsCsv);
    expect(new Set(pairs.map((pair) => pair["Referee"])).size).toBe(pairs.length);
    for (const pair of pairs) {
      expect(first.get(pair["Referrer"])! < pair["Referred At"]!).toBe(true);
      const came = first.get(pair["Referee"]);
      if (came) expect(came.slice(0, 10) >= pair["Referred At"]!).toBe(true);
    }
  });

  it("calls members those who joined, from that day on", () => {
    const since = new Map(
      read(shop.customersCsv).map((person) => [person["Customer ID"], person["Member Since"]!]),
    );
    for (const order of orders) {
      const joined = since.get(order["Customer ID"])!;
      const isMember = joined !== "" && order["Order Date"]!.slice(0, 10) >= joined;
      expect(order["Member"]).toBe(isMember ? "yes" : "no");
    }
  });

  it("rates orders after they were placed, some in a hundred poorly", () => {
    const placed = new Map(orders.map((order) => [order["Order ID"], order]));
    const ratings = read(shop.ratingsCsv);
    for (const rating of ratings) {
      const order = placed.get(rating["Order ID"])!;
      expect(order["Customer ID"]).toBe(rating["Customer ID"]);
      expect(order["Order Date"]! < rating["Rated At"]!).toBe(true);
      expect(order["Status"]).not.toBe("Cancelled");
    }
    const poor = ratings.filter((rating) => Number(rating["Rating"]) <= shopTruth.trust.poor);
    expect(poor.length / ratings.length).toBeGreaterThan(0.08);
    expect(poor.length / ratings.length).toBeLessThan(0.16);
  });

  it("is one whose buying the models can tell", () => {
    const purchases = orders
      .filter((order) => order["Status"] !== "Cancelled")
      .map((order) => ({
        customer: order["Customer ID"]!,
        day: Date.parse(order["Order Date"]!.slice(0, 10)) / 86_400_000,
        amount: Number(order["Total"]) - Number(order["Refunded Amount"]),
      }));
    const columns = summarizeShop(purchases, "2025-12-31");
    const params = { model: "bg-nbd" };
    const { columns: result, notes } = runModel({ type: "clv-model", columns, params });
    expect(result["model"]![0]).toBe("bg-nbd");
    expect(new Set(result["identifiable"] as boolean[])).toEqual(new Set([true]));
    expect(notes.map(({ code }) => code)).toEqual(["spend-independent"]);
    const forecast = runModel({ type: "clv-forecast", columns });
    expect(forecast.columns["clv"]).toHaveLength(columns.x.length);
  });

  it("refuses what is no shop", () => {
    const refuse = (options: object) =>
      expect(() => simulateShop(options)).toThrow(
        expect.objectContaining({ code: "invalid-parameter" }),
      );
    refuse({ customers: 0 });
    refuse({ customers: 2e6 });
    refuse({ seed: 0.5 });
    refuse({ from: "2024-02-30" });
    refuse({ from: "2025-01-01", to: "2024-01-01" });
  });
});
