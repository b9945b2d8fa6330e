import { describe, expect, it } from "vitest";
import { inspectFile } from "../../src/intake/inspectFile.ts";
import { fingerprint } from "../../src/session/fingerprint.ts";
import { inspectSource } from "../../src/session/inspectSource.ts";
import { ShapeMemory } from "../../src/session/shapeMemory.ts";
import type { Source } from "../../src/session/source.ts";

const header = "Order ID,Customer,Date,Total,Currency\n";
const ambiguous = `${header}1,ann,03/04/2024,10.00,EUR\n2,bob,05/06/2024,20.00,EUR\n`;
const others = `${header}8,cay,07/08/2023,1.00,EUR\n9,dan,01/02/2023,2.00,EUR\n`;

function source(content: string, name = "orders.csv"): Source {
  return { name, file: new Blob([content]), corrections: {} };
}

function memory(): ShapeMemory {
  const values = new Map<string, string>();
  return new ShapeMemory(() => ({
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
  }));
}

async function shapeOf(content: string): Promise<string | null> {
  return fingerprint(await inspectFile(new Blob([content]), "a.csv"));
}

describe("the fingerprint of a file", () => {
  it("is one for files of one shape, whatever their rows and names", async () => {
    expect(await shapeOf(ambiguous)).toMatch(/^[0-9a-f]{32}$/);
    expect(await shapeOf(others)).toBe(await shapeOf(ambiguous));
  });

  it.each([
    ["separator", ambiguous.replaceAll(",", ";")],
    ["headers", ambiguous.replace("Total", "Net total")],
    ["order of the columns", ambiguous.replace("Customer,Date", "Date,Customer")],
  ])("tells another %s apart", async (_, content) => {
    expect(await shapeOf(content)).not.toBe(await shapeOf(ambiguous));
  });

  it("does not tell the headers, and there is none without columns", async () => {
    expect(await shapeOf(ambiguous)).not.toContain("Order");
    expect(await shapeOf("")).toBeNull();
  });
});

describe("a source of a known shape", () => {
  it("is read by the answer given for another of its shape", async () => {
    const told = memory();
    told.keep((await shapeOf(ambiguous))!, { answers: { "date-order": "day-first" } });
    const { plan, source: read } = await inspectSource(source(others), {}, told);
    expect(plan.questions).toEqual([]);
    expect(plan.formats.ordered_at?.date.order).toBe("day-first");
    expect(read.isRecalled).toBe(true);
  });

  it("is asked where nothing was said, and is not said to be remembered", async () => {
    const { plan, source: read } = await inspectSource(source(others), {}, memory());
    expect(plan.questions.map(({ id }) => id)).toEqual(["date-order"]);
    expect(read.isRecalled).toBe(false);
  });

  it("is read by what its own rows prove, and by what is said now", async () => {
    const told = memory();
    told.keep((await shapeOf(ambiguous))!, { answers: { "date-order": "day-first" } });
    const proved = await inspectSource(source(others.replace("07/08", "07/28")), {}, told);
    expect(proved.plan.formats.ordered_at?.date.order).toBe("month-first");
    expect(proved.source.isRecalled).toBe(false);
    const now = await inspectSource(source(others), { "date-order": "month-first" }, told);
    expect(now.plan.formats.ordered_at?.date.order).toBe("month-first");
    expect(now.source.isRecalled).toBe(false);
  });

  it("takes the corrections of its shape once, and then those of the reader", async () => {
    const told = memory();
    told.keep((await shapeOf(ambiguous))!, { corrections: { mapping: { customer: null } } });
    const first = await inspectSource(source(others), {}, told);
    expect(first.plan.mapping.customer).toBeUndefined();
    expect(first.source.corrections).toEqual({ mapping: { customer: null } });
    const asFound = { ...first.source, corrections: {} };
    const second = await inspectSource(asFound, {}, told);
    expect(second.plan.mapping.customer).toBe("Customer");
  });
});
