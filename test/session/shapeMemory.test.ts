import { describe, expect, it } from "vitest";
import { ShapeMemory } from "../../src/session/shapeMemory.ts";

function storage(): { store: Pick<Storage, "getItem" | "setItem">; values: Map<string, string> } {
  const values = new Map<string, string>();
  const store = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
  return { store, values };
}

const dayFirst = { answers: { "date-order": "day-first" } };

describe("the memory of shapes", () => {
  it("gives back what was kept, to a later visit too", () => {
    const { store } = storage();
    new ShapeMemory(() => store).keep("a", dayFirst);
    const later = new ShapeMemory(() => store);
    expect(later.recall("a")).toEqual({ ...dayFirst, corrections: {} });
    expect(later.recall("b")).toBeUndefined();
  });

  it("adds answers, and puts corrections in the place of earlier ones", () => {
    const { store } = storage();
    const memory = new ShapeMemory(() => store);
    memory.keep("a", dayFirst);
    memory.keep("a", { corrections: { delimiter: ";", mapping: { amount: "Net", refund: null } } });
    memory.keep("a", { corrections: { headerRow: 0 } });
    memory.keep("a", { answers: { currency: "EUR" } });
    expect(memory.recall("a")).toEqual({
      answers: { "date-order": "day-first", currency: "EUR" },
      corrections: { headerRow: 0 },
    });
  });

  it("forgets a shape, and one that nothing is left of", () => {
    const { store, values } = storage();
    const memory = new ShapeMemory(() => store);
    memory.keep("a", dayFirst);
    memory.keep("b", { corrections: { kind: "costs" } });
    memory.keep("b", { corrections: {} });
    memory.forget("a");
    expect([...values.values()]).toEqual(["[]"]);
  });

  it("keeps the fifty shapes that were last spoken of", () => {
    const { store } = storage();
    const memory = new ShapeMemory(() => store);
    for (let i = 0; i < 51; ++i) memory.keep(`shape ${i}`, dayFirst);
    memory.keep("shape 1", { answers: { decimal: "comma" } });
    memory.keep("shape 51", dayFirst);
    expect([0, 1, 2, 3, 51].filter((i) => memory.recall(`shape ${i}`))).toEqual([1, 3, 51]);
  });

  it.each([
    ["may not be asked for", () => refuse()],
    ["takes nothing", () => ({ getItem: () => null, setItem: refuse })],
  ])("lasts as long as the tab where storage %s", (_, store) => {
    const memory = new ShapeMemory(store);
    memory.keep("a", dayFirst);
    expect(memory.recall("a")?.answers).toEqual(dayFirst.answers);
    memory.forget("a");
    expect(memory.recall("a")).toBeUndefined();
  });

  it.each([
    ["{", undefined],
    ["7", undefined],
    ['[["a"]]', undefined],
    ['[["a", {"answers": 3}]]', { answers: {}, corrections: {} }],
    [
      '[["a", {"answers": {"x": 1, "y": "z"}, "corrections": {"kind": "nonsense", "headerRow": "1", "delimiter": ";", "mapping": {"amount": "A", "nobody": "B", "refund": 7, "channel": null}}}]]',
      {
        answers: { y: "z" },
        corrections: { delimiter: ";", mapping: { amount: "A", channel: null } },
      },
    ],
  ])("takes of %s what fits", (stored, expected) => {
    const { store, values } = storage();
    values.set("perennial.shapes", stored);
    expect(new ShapeMemory(() => store).recall("a")).toEqual(expected);
  });
});

function refuse(): never {
  throw new DOMException("denied", "SecurityError");
}
