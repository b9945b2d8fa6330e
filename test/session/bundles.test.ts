import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { keyFragment, newKey, parseKey } from "../../src/bundle/bundleKey.ts";
import { openBundle } from "../../src/bundle/openBundle.ts";
import { sealBundle } from "../../src/bundle/sealBundle.ts";
import type { Models } from "../../src/models/fitClient.ts";
import { errorText } from "../../src/session/errorText.ts";
import { Session } from "../../src/session/session.svelte.ts";
import { ShapeMemory } from "../../src/session/shapeMemory.ts";
import { openEngine } from "./openEngine.ts";
import type { OpenEngine } from "./openEngine.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("./runWorker.ts"));
vi.mock("../../src/models/fitClient.ts", () => ({}));

// day or month first is not settled by these, and the reader says that the sum is in "Paid"
const orders = `Customer ID,Email,Order number,Order date,Total,Paid,Note
K-1,ann@shop.example,1,03/04/2025,10.00,9.00,"leave at the door"
K-2,bob@shop.example,2,05/04/2025,20.00,18.00,
K-1,ann@shop.example,3,06/05/2025,30.00,27.00,
`;
const costs = "date,channel,cost\n2025-04-01,web,6\n";
const document =
  "# For the board\n\n```analysis overview\n```\n\n```sql own\nselect 1 as one\n```\n";

const engines: OpenEngine[] = [];
let sender: Session;

async function open(): Promise<Session> {
  const engine = await openEngine();
  engines.push(engine);
  const session = new Session({
    startEngine: async () => engine,
    models: {} as Models,
    locale: "en",
    version: "0.0.0",
    memory: new ShapeMemory(() => {
      throw new DOMException("off", "SecurityError");
    }),
  });
  await session.start();
  return session;
}

beforeAll(async () => {
  sender = await open();
  await sender.setMarkdown(document);
  await sender.importFiles([new File([orders], "orders.csv"), new File([costs], "costs.csv")]);
  await sender.answer("date-order", "day-first");
  await sender.correct("orders.csv", { mapping: { amount: "Paid" } });
}, 120_000);
afterAll(async () => {
  for (const engine of engines) await engine.close();
});

const both = new Set(["orders.csv", "costs.csv"]);

it("tells what would leave, and which columns tell who a customer is", () => {
  const [first, second] = sender.outgoing();
  expect(first).toMatchObject({ name: "orders.csv", kind: "orders", rows: 3 });
  expect(first!.bytes).toBe(orders.length);
  const told = first!.columns.filter(({ personal }) => personal);
  expect(told).toEqual([
    { name: "Customer ID", personal: "customer" },
    { name: "Email", personal: "email" },
    { name: "Note", personal: "remark" },
  ]);
  expect(second).toMatchObject({ name: "costs.csv", kind: "costs", rows: 1 });
  expect(second!.columns.map(({ personal }) => personal)).toEqual([null, null, null]);
});

it("holds the document, the files and what was said of them, and nothing else", async () => {
  const { file, link } = await sender.seal(both, "https://host.example/app/?x#y");
  expect(file.name).toBe("For the board.perennial");
  expect(link).toMatch(/^https:\/\/host\.example\/app\/\?x#open=[\w-]{43}$/);
  const bundle = await openBundle(file, parseKey(link));
  expect(Object.keys(bundle).toSorted()).toEqual(["answers", "document", "files"]);
  expect(bundle.document).toBe(sender.markdown());
  expect(bundle.answers).toEqual({ "date-order": "day-first" });
  expect(bundle.files.map(({ name }) => name)).toEqual(["orders.csv", "costs.csv"]);
  expect(await bundle.files[0]!.content.text()).toBe(orders);
  for (const { reading } of bundle.files)
    expect(["corrections", "recalled", "shape"]).toEqual(
      expect.arrayContaining(Object.keys(reading)),
    );
});

it("leaves out the files that the reader leaves out, with what was said of them", async () => {
  await sender.answer("costs.csv:date-order", "day-first");
  const { file, link } = await sender.seal(new Set(["orders.csv"]), "https://host.example/");
  const bundle = await openBundle(file, parseKey(link));
  expect(bundle.files.map(({ name }) => name)).toEqual(["orders.csv"]);
  expect(JSON.stringify(bundle)).not.toContain("costs.csv");
});

it("opens inert, read as the sender read it, and undo brings back what was there", async () => {
  const { file, link } = await sender.seal(both, "https://host.example/");
  const reader = await open();
  await reader.importFiles([
    new File(["customer,order id,date,amount\nx,1,2024-01-01,5\n"], "m.csv"),
  ]);
  const own = reader.markdown();
  await reader.take([new File([file], "renamed.bin")]);
  expect(reader.incoming.offer).toMatchObject({ key: "" });
  expect(reader.markdown()).toBe(own);
  const asked = engines.at(-1)!.asked.length;
  await reader.incoming.take({ key: ` ${link} ` });
  expect(reader.incoming.offer).toBeNull();
  expect(reader.isInert).toBe(true);
  expect(reader.markdown()).toBe(sender.markdown());
  expect(reader.report?.totals).toEqual(sender.report?.totals);
  expect(reader.report?.totals).toMatchObject({ net: "54.00", firstDate: "2025-04-03" });
  expect(reader.questions).toEqual(sender.questions);
  expect(reader.questions.map(({ id }) => id)).not.toContain("date-order");
  const ran = engines.at(-1)!.asked.slice(asked);
  expect(ran.filter((sql) => sql.includes("select 1 as one"))).toEqual([]);
  reader.consent();
  await vi.waitFor(() => expect(reader.outcomes.get("own")?.state).toBe("done"));
  await reader.undo();
  expect(reader.markdown()).toBe(own);
  expect(reader.isInert).toBe(false);
  expect(reader.report?.files.map(({ name }) => name)).toEqual(["m.csv"]);
});

it("says why a bundle cannot be opened, and goes on with another key or file", async () => {
  const { file, link } = await sender.seal(both, "https://host.example/");
  const reader = await open();
  const why = () => errorText(reader, reader.incoming.trouble).code;
  await reader.incoming.take({ key: keyFragment(newKey()) });
  expect(reader.incoming.trouble).toBeNull();
  await reader.incoming.take({ file });
  expect(why()).toBe("wrong-key");
  await reader.incoming.take({ key: link.slice(0, -3) });
  expect(why()).toBe("bad-key");
  const cut = new File([file.slice(0, -9)], file.name);
  await reader.incoming.take({ key: link, file: cut });
  expect(why()).toBe("truncated");
  await reader.incoming.take({ file: new File(["a,b\n"], "a.csv") });
  expect(why()).toBe("not-bundle");
  expect(errorText(reader, reader.incoming.trouble).message).toContain(".perennial");
  expect(reader.cells).toEqual([]);
  await reader.incoming.take({ file });
  expect(reader.incoming.offer).toBeNull();
  expect(reader.report?.totals).toEqual(sender.report?.totals);
});

it("takes of a stranger's bundle only what fits", async () => {
  const reading = {
    corrections: { headerRow: "x", kind: "nonsense", mapping: { amount: { toString: 1 } } },
    notes: [{ code: 7 }, "x", { code: "formulas", args: { count: 2 } }],
    error: { code: "unreadable", args: {} },
    origin: 5,
    shape: "s",
  };
  const plain = "customer,order id,date,amount\nx,1,2024-01-01,5\n";
  const { file, key } = await sealBundle({
    document: "# Theirs\n\n```sql own\nselect 1 as one\n```\n",
    answers: {},
    files: [{ name: "orders.csv", content: new Blob([plain]), reading }],
  });
  const reader = await open();
  await reader.incoming.take({ file: new File([file], "a.perennial"), key: keyFragment(key) });
  expect(reader.report?.totals).toMatchObject({ orders: 1, net: "5.00" });
  const broken = await sealBundle({ document: "```analysis x", answers: {}, files: [] });
  const before = reader.markdown();
  await reader.incoming.take({
    file: new File([broken.file], "b.perennial"),
    key: keyFragment(broken.key),
  });
  expect(reader.notice?.code).toBe("document");
  expect(reader.markdown()).toBe(before);
});
