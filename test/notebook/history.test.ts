import fc from "fast-check";
import { expect, it } from "vitest";
import { addStep, amend, beginHistory, endStep, redo, undo } from "../../src/notebook/history.ts";

it("goes back and forth through every state", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 300 }), (states) => {
      let history = states.reduce((so, state) => addStep(so, state), beginHistory(-1));
      const all = [-1, ...states];
      for (const state of all.toReversed()) {
        expect(history.present).toBe(state);
        history = undo(history);
      }
      for (const state of states) {
        history = redo(history);
        expect(history.present).toBe(state);
      }
      expect(redo(history)).toEqual(history);
    }),
  );
});

it("makes one step of edits of one kind that follow on each other", () => {
  let history = addStep(addStep(beginHistory("a"), "ab", "text"), "abc", "text");
  expect(undo(history).present).toBe("a");
  history = addStep(endStep(history), "abcd", "text");
  expect(undo(history).present).toBe("abc");
  expect(undo(undo(history)).present).toBe("a");
  history = addStep(addStep(history, "x"), "xy", "text");
  expect(undo(history).present).toBe("x");
});

it("forgets what was taken back when something else is done", () => {
  const history = addStep(undo(addStep(beginHistory("a"), "b", "text")), "c", "text");
  expect(history.future).toEqual([]);
  expect(undo(history).present).toBe("a");
  expect(amend(history, "d")).toMatchObject({ present: "d", past: history.past });
});
