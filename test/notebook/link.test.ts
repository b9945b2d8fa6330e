import fc from "fast-check";
import { expect, it } from "vitest";
import { setFiles, setFilter, setParam } from "../../src/notebook/edits.ts";
import { segmentFilter } from "../../src/notebook/filter.ts";
import { formatNotebook } from "../../src/notebook/formatNotebook.ts";
import { fromFragment, isFragment, toFragment } from "../../src/notebook/link.ts";
import { cellsOf } from "../../src/notebook/notebook.ts";
import { parseNotebook } from "../../src/notebook/parseNotebook.ts";
import { readStarter, starterIds } from "../../src/notebook/starters.ts";
import { readQueries } from "../queries/readQueries.ts";

it("gives back the text that it was made of", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), async (prose) => {
      const text = `# T\n\n${prose}\n`;
      let notebook;
      try {
        notebook = parseNotebook(text);
      } catch {
        return;
      }
      const fragment = await toFragment(notebook);
      expect(isFragment(fragment)).toBe(true);
      expect(fragment).toMatch(/^#n=[\w-]+$/);
      expect(await fromFragment(fragment)).toBe(formatNotebook(notebook));
    }),
  );
});

it("holds a notebook of twenty cells with their settings in 2,000 characters", async () => {
  const analyses = readQueries("analyses");
  const texts = analyses
    .slice(0, 20)
    .map(({ id }) => `## On ${id}\n\n\`\`\`analysis ${id}\n\`\`\`\n`);
  let notebook = parseNotebook(`# Twenty figures for the board\n\n${texts.join("\n")}`);
  for (const { id } of cellsOf(notebook)) {
    const { params } = analyses.find((query) => query.id === id)!;
    for (const { name, choices, type } of params.slice(0, 3)) {
      const value = type === "choice" ? choices.at(-1)! : type === "date" ? "2024-03-31" : 7;
      notebook = setParam(notebook, id, name, value);
    }
  }
  notebook = setFilter(notebook, segmentFilter("channel", "微信小程序"));
  notebook = setFiles(notebook, [
    {
      kind: "orders",
      platform: "shopify",
      columns: {
        order_id: "Name",
        customer: "Email",
        ordered_at: "Created at",
        paid_at: "Paid at",
        amount: "Total",
        refund: "Refunded Amount",
        discount: "Discount Amount",
        status: "Financial Status",
        currency: "Currency",
        product: "Lineitem name",
        channel: "Source",
        country: "Billing Country",
        tags: "Tags",
      },
      answers: { "date-order": "day-first" },
    },
  ]);
  const link = `https://studies.example.com/perennial/${await toFragment(notebook)}`;
  expect(cellsOf(notebook)).toHaveLength(20);
  expect(link.length).toBeLessThan(2000);
});

it("holds every notebook to start from in what chats and mails take", async () => {
  for (const id of starterIds) {
    for (const language of ["en", "zh-Hans", "zh-Hant"]) {
      expect((await toFragment(readStarter(id, language))).length).toBeLessThan(8000);
    }
  }
});

it("refuses a link that was cut short, changed, or unfolds without end", async () => {
  const whole = await toFragment(parseNotebook("# T\n\nwords and more words, and more\n"));
  for (const broken of [whole.slice(0, -9), "#n=", "#n=%%%", "#n=AAAA", `${whole}x`]) {
    await expect(fromFragment(broken)).rejects.toThrow("damaged link");
  }
  const bomb = await toFragment({ head: "", blocks: [prose("0".repeat(50_000_000))] });
  expect(bomb.length).toBeLessThan(100_000);
  await expect(fromFragment(bomb)).rejects.toThrow("damaged link");
});

function prose(markdown: string) {
  return { type: "prose", id: "text-1", markdown } as const;
}
