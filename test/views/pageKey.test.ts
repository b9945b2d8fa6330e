import { expect, it } from "vitest";
import { pageKey } from "../../src/views/pageKey.ts";

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const ready = {
  phase: "ready",
  isField: false,
  isBusy: false,
  keysOn: true,
  canUndo: false,
  canRedo: false,
  cells: ["a", "b", "c"],
  current: "b",
  focused: undefined,
};

it("goes to the next and the previous cell, and stays at the ends", () => {
  expect(pageKey({ ...plain, key: "j" }, ready)).toEqual({ type: "go", cell: "c" });
  expect(pageKey({ ...plain, key: "k" }, ready)).toEqual({ type: "go", cell: "a" });
  expect(pageKey({ ...plain, key: "j" }, { ...ready, current: "c" })).toBeUndefined();
  expect(pageKey({ ...plain, key: "k" }, { ...ready, current: "a" })).toEqual({
    type: "go",
    cell: "a",
  });
});

it("starts with the first cell where none is in sight", () => {
  const nowhere = { ...ready, current: undefined };
  expect(pageKey({ ...plain, key: "j" }, nowhere)).toEqual({ type: "go", cell: "a" });
});

it("opens the help anywhere but in a field", () => {
  expect(pageKey({ ...plain, key: "?" }, { ...ready, phase: "empty" })).toEqual({ type: "help" });
  expect(pageKey({ ...plain, key: "?" }, { ...ready, isField: true })).toBeUndefined();
});

it("cancels an import with Escape, also from a field and with single keys off", () => {
  const importing = { ...ready, phase: "importing", isField: true, keysOn: false };
  expect(pageKey({ ...plain, key: "Escape" }, importing)).toEqual({ type: "cancel" });
  expect(pageKey({ ...plain, key: "Escape" }, ready)).toBeUndefined();
});

it("leaves keys alone that are turned off, modified, or a dialog's", () => {
  expect(pageKey({ ...plain, key: "j" }, { ...ready, keysOn: false })).toBeUndefined();
  expect(pageKey({ ...plain, key: "j", ctrlKey: true }, ready)).toBeUndefined();
  expect(pageKey({ ...plain, key: "?" }, { ...ready, isBusy: true })).toBeUndefined();
});

it("undoes with Ctrl or Command and Z where there is something to undo", () => {
  const undoable = { ...ready, canUndo: true, keysOn: false };
  for (const held of [{ ctrlKey: true }, { metaKey: true }]) {
    expect(pageKey({ ...plain, ...held, key: "z" }, undoable)).toEqual({ type: "undo" });
    expect(pageKey({ ...plain, ...held, key: "z" }, ready)).toBeUndefined();
  }
});

it("leaves undo to fields, to dialogs, and to redo", () => {
  const undoable = { ...ready, canUndo: true };
  const pressed = { ...plain, ctrlKey: true, key: "z" };
  expect(pageKey(pressed, { ...undoable, isField: true })).toBeUndefined();
  expect(pageKey(pressed, { ...undoable, isBusy: true })).toBeUndefined();
  expect(pageKey(pressed, { ...undoable, phase: "importing" })).toBeUndefined();
  expect(pageKey({ ...pressed, shiftKey: true }, undoable)).toBeUndefined();
  expect(pageKey({ ...pressed, altKey: true }, undoable)).toBeUndefined();
});

it("does again with Shift, or with Ctrl and Y", () => {
  const redoable = { ...ready, canRedo: true };
  const pressed = { ...plain, key: "Z", shiftKey: true };
  expect(pageKey({ ...pressed, ctrlKey: true }, redoable)).toEqual({ type: "redo" });
  expect(pageKey({ ...pressed, metaKey: true }, redoable)).toEqual({ type: "redo" });
  expect(pageKey({ ...plain, key: "y", ctrlKey: true }, redoable)).toEqual({ type: "redo" });
  expect(pageKey({ ...plain, key: "y", metaKey: true }, redoable)).toBeUndefined();
  expect(pageKey({ ...pressed, ctrlKey: true }, ready)).toBeUndefined();
});

it.each([
  ["f", "fold"],
  ["d", "duplicate"],
  ["e", "fork"],
  ["x", "remove"],
])("does to the cell in sight what %s says", (key, type) => {
  expect(pageKey({ ...plain, key }, ready)).toEqual({ type, cell: "b" });
  expect(pageKey({ ...plain, key }, { ...ready, current: undefined })).toBeUndefined();
  expect(pageKey({ ...plain, key }, { ...ready, isField: true })).toBeUndefined();
  expect(pageKey({ ...plain, key }, { ...ready, keysOn: false })).toBeUndefined();
  expect(pageKey({ ...plain, key, ctrlKey: true }, ready)).toBeUndefined();
});

it("does it to the cell that has the focus where there is one", () => {
  const focused = { ...ready, focused: "c" };
  expect(pageKey({ ...plain, key: "x" }, focused)).toEqual({ type: "remove", cell: "c" });
  expect(pageKey({ ...plain, key: "j" }, { ...focused, current: "a" })).toEqual({
    type: "go",
    cell: "b",
  });
});

it("moves the cell in sight with Alt and an arrow", () => {
  const pressed = { ...plain, altKey: true };
  expect(pageKey({ ...pressed, key: "ArrowUp" }, ready)).toEqual({ type: "up", cell: "b" });
  expect(pageKey({ ...pressed, key: "ArrowDown" }, ready)).toEqual({ type: "down", cell: "b" });
  expect(pageKey({ ...pressed, key: "j" }, ready)).toBeUndefined();
  expect(pageKey({ ...plain, key: "ArrowUp" }, ready)).toBeUndefined();
});
