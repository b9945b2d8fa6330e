import { describe, expect, it } from "vitest";
import type { Page } from "../../src/views/command.ts";
import { keyNames } from "../../src/views/keyNames.ts";
import { pageKey } from "../../src/views/pageKey.ts";

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const control = { ...plain, ctrlKey: true };
const state = { isField: false, isBusy: false, keysOn: true, isApple: false };

interface Standing {
  phase?: string;
  canUndo?: boolean;
  canRedo?: boolean;
  isReadOnly?: boolean;
  cell?: { id: string; type: string } | undefined;
  next?: string;
}

/** A page as far as keys ask of it. */
function toPage({ phase = "ready", next, ...others }: Standing = {}): () => Page {
  const { cell, ...session } = { cell: { id: "b", type: "analysis" }, ...others };
  const page = { session: { phase: { state: phase }, cells: [{}], ...session }, cell, next };
  return () => page as unknown as Page;
}

function ask(
  pressed: Partial<KeyboardEvent>,
  how: Partial<typeof state> = {},
  standing: Standing = {},
): string | undefined {
  const keys = { ...plain, ...pressed } as KeyboardEvent;
  return pageKey(keys, { ...state, ...how }, toPage(standing))?.id;
}

describe("a key on the page", () => {
  it("goes to the next cell where there is one", () => {
    expect(ask({ key: "j" }, {}, { next: "c" })).toBe("next");
    expect(ask({ key: "j" })).toBeUndefined();
  });

  it("opens the help anywhere but in a field", () => {
    expect(ask({ key: "?", shiftKey: true }, {}, { phase: "empty" })).toBe("help");
    expect(ask({ key: "?" }, { isField: true })).toBeUndefined();
  });

  it("opens the palette from a field too and with single keys off, and not over a dialog", () => {
    const key = { ...control, key: "k" };
    expect(ask(key, { isField: true, keysOn: false }, { phase: "importing" })).toBe("palette");
    expect(ask(key, { isBusy: true })).toBeUndefined();
    expect(ask({ ...key, shiftKey: true })).toBeUndefined();
  });

  it("takes Command for Ctrl on Apple's machines, where Ctrl K is a field's own", () => {
    const apple = { isApple: true, isField: true };
    expect(ask({ key: "k", metaKey: true }, apple)).toBe("palette");
    expect(ask({ ...control, key: "k" }, apple)).toBeUndefined();
    expect(ask({ key: "k", metaKey: true })).toBeUndefined();
  });

  it("cancels an import with Escape, also from a field and with single keys off", () => {
    const how = { isField: true, keysOn: false };
    expect(ask({ key: "Escape" }, how, { phase: "importing" })).toBe("cancel");
    expect(ask({ key: "Escape" })).toBeUndefined();
  });

  it("is left alone where it is turned off, modified, or a dialog's", () => {
    expect(ask({ key: "x" }, { keysOn: false })).toBeUndefined();
    expect(ask({ ...control, key: "x" })).toBeUndefined();
    expect(ask({ key: "?" }, { isBusy: true })).toBeUndefined();
  });

  it("undoes where there is something to undo, and leaves it to fields and imports", () => {
    const key = { ...control, key: "z" };
    const undoable = { canUndo: true };
    expect(ask(key, { keysOn: false }, undoable)).toBe("undo");
    expect(ask(key)).toBeUndefined();
    expect(ask(key, { isField: true }, undoable)).toBeUndefined();
    expect(ask(key, { isBusy: true }, undoable)).toBeUndefined();
    expect(ask(key, {}, { ...undoable, phase: "importing" })).toBeUndefined();
    expect(ask({ ...key, altKey: true }, {}, undoable)).toBeUndefined();
    expect(ask({ key: "z", metaKey: true }, { isApple: true }, undoable)).toBe("undo");
  });

  it("does again with Shift, or with Ctrl and Y", () => {
    const redoable = { canRedo: true };
    expect(ask({ ...control, key: "Z", shiftKey: true }, {}, redoable)).toBe("redo");
    expect(ask({ ...control, key: "y" }, {}, redoable)).toBe("redo");
    expect(ask({ key: "y", metaKey: true }, {}, redoable)).toBeUndefined();
    expect(ask({ ...control, key: "y" })).toBeUndefined();
  });

  it.each([
    ["f", "fold"],
    ["d", "duplicate"],
    ["e", "fork"],
    ["x", "remove"],
  ])("does to the cell in sight what %s says", (key, id) => {
    expect(ask({ key })).toBe(id);
    expect(ask({ key }, {}, { cell: undefined })).toBeUndefined();
    expect(ask({ key }, {}, { isReadOnly: true })).toBeUndefined();
    expect(ask({ key }, { isField: true })).toBeUndefined();
  });

  it("leaves e alone on SQL, which it would turn a cell into", () => {
    expect(ask({ key: "e" }, {}, { cell: { id: "b", type: "sql" } })).toBeUndefined();
  });

  it("moves the cell in sight with Alt and an arrow", () => {
    expect(ask({ key: "ArrowUp", altKey: true })).toBe("up");
    expect(ask({ key: "ArrowDown", altKey: true })).toBe("down");
    expect(ask({ key: "j", altKey: true }, {}, { next: "c" })).toBeUndefined();
    expect(ask({ key: "ArrowUp" })).toBeUndefined();
  });
});

describe("what stands on the keys", () => {
  it("is of the machine", () => {
    expect(keyNames("Mod+Shift+z", false)).toEqual(["Ctrl", "Shift", "Z"]);
    expect(keyNames("Mod+k", true)).toEqual(["⌘", "K"]);
    expect(keyNames("Alt+ArrowUp", false)).toEqual(["Alt", "↑"]);
    expect(keyNames("j", false)).toEqual(["j"]);
  });
});
