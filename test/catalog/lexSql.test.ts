import { expect, it } from "vitest";
import { lexSql } from "../../src/catalog/lexSql.ts";

const words = (sql: string) => lexSql(sql).map(({ text }) => text);

it("leaves comments out, also those that stand in each other", () => {
  expect(words("a -- b 'c\nd /* e /* f */ g */ h")).toEqual(["a", "d", "h"]);
  expect(words("a /* never closed")).toEqual(["a"]);
});

it("keeps texts whole, of every kind that the engine knows", () => {
  expect(words(`'it''s --' e'it\\'s' $$a;'b$$ $x$ $$ $x$ "a ""b"" c"`)).toEqual([
    "'it''s --'",
    "e'it\\'s'",
    "$$a;'b$$",
    "$x$ $$ $x$",
    '"a ""b"" c"',
  ]);
  expect(words("'never closed; drop")).toEqual(["'never closed; drop"]);
});

it("names words and quoted names as the engine compares them", () => {
  const names = lexSql(`Orders "Old ""Orders""" 订单_2 Été x$1 12 1e5`).map(({ name }) => name);
  const [number, power] = [undefined, undefined];
  expect(names).toEqual(["orders", 'old "orders"', "订单_2", "Été", "x$1", number, power]);
});

it("says where each stands", () => {
  const sql = "select  '中',\n  a";
  for (const { text, start } of lexSql(sql)) expect(sql.startsWith(text, start)).toBe(true);
  expect(lexSql(sql).map(({ start }) => start)).toEqual([0, 8, 11, 15]);
});
