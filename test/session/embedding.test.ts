import { expect, it, vi } from "vitest";
import type { Automation } from "../../src/session/automation.ts";
import { EmbeddedIn } from "../../src/session/embeddedIn.svelte.ts";
import { answerRequest, toRequest } from "../../src/session/embedding.ts";
import type { Gate } from "../../src/session/embedding.ts";
import { isReadersOwn } from "../../src/session/hostFiles.ts";
import { toSources } from "../../src/session/source.ts";

const shop = "https://shop.example";

function automation(change: Partial<Automation> = {}): Automation {
  const one = { columns: [], rows: [{ a: 1 }] };
  return {
    ready: Promise.resolve({ version: "1", engine: { name: "DuckDB", version: "1.4.3" } }),
    importFiles: vi.fn(async () => ({ files: [] }) as never),
    analyses: () => [],
    run: vi.fn(async () => ({ ...one, tookMs: 1 })),
    sql: vi.fn(async () => one),
    notebook: { get: () => "# T\n", set: vi.fn(async () => undefined) },
    share: async () => "link",
    report: async () => new Blob(["<html>"]),
    demo: vi.fn(async () => ({ files: [] }) as never),
    reset: vi.fn(async () => undefined),
    ...change,
  };
}

const openGate: Gate = { refusal: () => undefined, files: () => 1 };

const ask = (call: string, given: unknown[] = [], gate = openGate, over = automation()) =>
  answerRequest({ perennial: 1, id: 7, call, arguments: given }, over, gate);

it("answers every call of window.perennial under its id", async () => {
  const over = automation();
  const names = Object.keys(over).flatMap((name) =>
    name === "notebook" ? ["notebook.get", "notebook.set"] : [name],
  );
  const given: Record<string, unknown[]> = {
    importFiles: [[new File(["a"], "a.csv")]],
    run: ["rfm"],
    sql: ["select 1"],
    "notebook.set": ["# T\n"],
  };
  for (const name of names) {
    const answer = await ask(name, given[name], openGate, over);
    expect(answer).toMatchObject({ perennial: 1, id: 7 });
    expect([name, "error" in answer]).toEqual([name, false]);
  }
  expect(await ask("run", ["rfm", { n: 2 }], openGate, over)).toMatchObject({
    result: { rows: [{ a: 1 }] },
  });
  expect(over.run).toHaveBeenLastCalledWith("rfm", { n: 2 });
});

it.each(["drop", "constructor", "__proto__", "notebook", "toString", ""])(
  "refuses %j by its name",
  async (call) => {
    expect(await ask(call)).toMatchObject({
      error: { code: "unknown-call", message: expect.stringContaining(`unknown call: ${call};`) },
    });
  },
);

it.each([
  ["run", [7]],
  ["run", ["rfm", "x"]],
  ["sql", [{}]],
  ["importFiles", ["a.csv"]],
  ["importFiles", [[{ name: "a.csv" }]]],
  ["importFiles", [[new File([], "a")], { answers: { a: 1 } }]],
])("refuses %s with %j, and asks nobody", async (call, given) => {
  const over = automation();
  expect(await ask(call, given, openGate, over)).toMatchObject({ error: { code: "invalid" } });
  for (const door of [over.run, over.sql, over.importFiles]) expect(door).not.toHaveBeenCalled();
});

it("passes on the code and the sentence of what goes wrong", async () => {
  const failed = async () => {
    throw Object.assign(new Error("why"), { code: "no-orders" });
  };
  const over = automation({ importFiles: failed, run: failed });
  const wanted = { error: { code: "no-orders", message: "why" } };
  expect(await ask("importFiles", [[]], openGate, over)).toMatchObject(wanted);
  expect(await ask("run", ["rfm"], openGate, over)).toMatchObject(wanted);
});

it("hears only what is meant for it", () => {
  expect(toRequest({ perennial: 1, id: "a", call: "share" })?.arguments).toEqual([]);
  const odd: unknown[] = [
    null,
    "x",
    {},
    [],
    { perennial: 2, id: 1, call: "run" },
    { perennial: 1, call: "run" },
  ];
  odd.push({ perennial: 1, id: {}, call: "run" }, { perennial: 1, id: 1, event: "ready" });
  for (const data of odd) expect(toRequest(data)).toBeUndefined();
});

it("marks what the page around gives as its own, and nothing else", async () => {
  let given: File[] = [];
  const over = automation({
    importFiles: async (files) => {
      given = files as File[];
      return {} as never;
    },
  });
  const theirs = new File(["a"], "a.csv");
  const bytes = { name: "b.csv", bytes: Uint8Array.of(97) };
  await ask("importFiles", [[theirs, bytes]], openGate, over);
  expect(toSources(given).map(isReadersOwn)).toEqual([false, false]);
  expect(await given[1]!.text()).toBe("a");
  expect(toSources([theirs, new File(["a"], "a.csv")]).map(isReadersOwn)).toEqual([true, true]);
});

/** A page inside of another, and what is posted to that. */
function embed(change: Partial<Automation> = {}) {
  const posted: { message: Record<string, unknown>; to: string }[] = [];
  const around = {
    postMessage: (message: Record<string, unknown>, { targetOrigin }: { targetOrigin: string }) =>
      void posted.push({ message, to: targetOrigin }),
  } as unknown as Window;
  const session = { phase: { state: "ready" }, readersOwn: [] as string[], shelfOfNow: {} };
  const embedded = new EmbeddedIn(around, session, automation(change));
  const hear = async (
    call: string,
    { origin = shop, source = around, given = ["rfm"] as unknown[] } = {},
  ) => {
    const before = posted.length;
    await embedded.hear({ source, origin, data: { perennial: 1, id: 1, call, arguments: given } });
    return posted.slice(before).filter(({ message }) => "id" in message);
  };
  return { posted, session, embedded, hear };
}

const codeOf = ([answer]: { message: Record<string, unknown> }[]) =>
  (answer?.message["error"] as { code: string } | undefined)?.code ?? "ok";

it("answers the window and the origin that asked, and nobody else", async () => {
  const { hear, embedded, posted } = embed();
  expect(await hear("run")).toEqual([{ to: shop, message: expect.objectContaining({ id: 1 }) }]);
  expect(await hear("run", { source: {} as Window })).toEqual([]);
  expect(await hear("run", { origin: "null" })).toEqual([]);
  expect(embedded.origin).toBe(shop);
  embedded.tell();
  expect(posted.at(-1)).toEqual({
    to: shop,
    message: { perennial: 1, event: "changed", state: "ready", isReadable: true },
  });
  const said = posted.filter(({ to }) => to === "*").map(({ message }) => message);
  expect(said).toEqual([{ perennial: 1, event: "ready", version: "1" }]);
});

it("tells nothing of what the reader brought, before the reader says so and after it is taken back", async () => {
  const { hear, session, embedded, posted } = embed();
  session.readersOwn = ["mine.csv"];
  const every = ["importFiles", "analyses", "run", "sql", "notebook.get", "notebook.set"];
  for (const call of [...every, "share", "report", "demo", "reset"])
    expect([call, codeOf(await hear(call))]).toEqual([call, "not-allowed"]);
  expect(JSON.stringify(posted)).not.toContain("mine.csv");
  expect(codeOf(await hear("ready"))).toBe("ok");
  embedded.allow(true);
  expect(codeOf(await hear("run"))).toBe("ok");
  expect(codeOf(await hear("run", { origin: "https://other.example" }))).toBe("not-allowed");
  expect(codeOf(await hear("run"))).toBe("not-allowed");
  embedded.allow(true);
  embedded.allow(false);
  expect(codeOf(await hear("run"))).toBe("not-allowed");
});

it("tells nothing while files are read, nor of files that came while it was asked", async () => {
  let during = () => undefined as void;
  const run = async () => {
    during();
    return { columns: [], rows: [{ secret: 1 }], tookMs: 1 };
  };
  const { hear, session, posted } = embed({ run });
  session.phase = { state: "importing" };
  expect(codeOf(await hear("run"))).toBe("busy");
  session.phase = { state: "ready" };
  during = () => void (session.readersOwn = ["mine.csv"]);
  expect(codeOf(await hear("run"))).toBe("not-allowed");
  session.readersOwn = [];
  during = () => void (session.phase = { state: "importing" });
  expect(codeOf(await hear("run"))).toBe("busy");
  session.phase = { state: "ready" };
  during = () => void (session.shelfOfNow = {});
  expect(codeOf(await hear("run"))).toBe("busy");
  expect(JSON.stringify(posted)).not.toContain("secret");
});
