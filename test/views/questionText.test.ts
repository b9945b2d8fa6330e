import { expect, it } from "vitest";
import { optionText, questionText } from "../../src/views/questionText.ts";
import { text } from "../../src/words/words.ts";

const session = { text: (key: string, values = {}) => text("en", key, values) };

it("says a known question in the reader's language, with or without its file", () => {
  const question = "Day or month first?";
  const said = text("en", "question.date-order");
  expect(questionText(session, { id: "date-order", question })).toBe(said);
  expect(questionText(session, { id: "orders.csv:date-order", question })).toBe(said);
});

it("leaves an unknown question, and an option that stands for itself", () => {
  expect(questionText(session, { id: "moon-phase", question: "Full?" })).toBe("Full?");
  expect(optionText(session, "EUR")).toBe("EUR");
});
