import { describe, expect, it } from "vitest";
import { runModel } from "../../src/models/runModel.ts";
import { simulateShop } from "../../src/models/simulateShop.ts";
import { summarizeShop } from "./readShop.ts";

const shop = simulateShop();
const [header, ...lines] = shop.ordersCsv.trimEnd().split("\n");
const names = header!.split(",");
const orders = lines.map((line) => {
  const cells = line.split(",");
  return Object.fromEntries(names.map((name, i) => [name, cells[i]!]));
});

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
