import { expect, it } from "vitest";
import { settleClauses } from "../../src/words/settleClauses.ts";

const settle = (template: string, ...missing: string[]) =>
  settleClauses(template, (name) => missing.includes(name));

it("leaves out a clause without a figure, and takes the first alternative that has all", () => {
  const template = "{a} came[, {b} again[ ({c})]].|Only {b} is known.|Nothing is known.";
  expect(settle(template)).toBe("{a} came, {b} again ({c}).");
  expect(settle(template, "c")).toBe("{a} came, {b} again.");
  expect(settle(template, "b")).toBe("{a} came.");
  expect(settle(template, "a")).toBe("Only {b} is known.");
  expect(settle(template, "a", "b")).toBe("Nothing is known.");
  expect(settle("[{a} rose|{b} fell|nobody moved] there", "a", "b")).toBe("nobody moved there");
  expect(settle("{a} came.", "a")).toBeUndefined();
});

it("asks for a figure without saying it", () => {
  expect(settle("{?a}There is {b}.|There is none.")).toBe("There is {b}.");
  expect(settle("{?a}There is {b}.|There is none.", "a")).toBe("There is none.");
});

it("knows a plural from an alternative", () => {
  const template = "{n} {n|customer|customers}[ of {m} {m|shop|shops}|].";
  expect(settle(template)).toBe("{n} {n|customer|customers} of {m} {m|shop|shops}.");
  expect(settle(template, "m")).toBe("{n} {n|customer|customers}.");
  expect(settle("{n|one|more} came.|Nobody came.", "n")).toBe("Nobody came.");
});

it("takes a bracket without its partner as it stands", () => {
  for (const text of ["", "a [b", "a] b {n}", "[[", "]", "{", "{n", "a } b"])
    expect(settle(text)).toBe(text);
  expect(settle("a [b {n}|c", "n")).toBe("c");
});
