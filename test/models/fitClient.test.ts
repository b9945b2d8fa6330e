import { afterEach, describe, expect, it, vi } from "vitest";
import { type Models, type ModelWorker, startModels } from "../../src/models/fitClient.ts";
import { answerMessage, type FitMessage } from "../../src/models/fitMessage.ts";
import type { EstimateRequest } from "../../src/models/modelRequest.ts";

/** a worker of the same thread: answers, falls silent, or dies */
class FakeWorker implements ModelWorker {
  static made: FakeWorker[] = [];
  static mode: "answer" | "silent" | "die" = "answer";
  onmessage: ModelWorker["onmessage"] = null;
  onerror: ModelWorker["onerror"] = null;
  onmessageerror: ModelWorker["onmessageerror"] = null;
  isTerminated = false;
  messages: FitMessage[] = [];

  constructor() {
    FakeWorker.made.push(this);
  }

  postMessage(sent: FitMessage, transfer: Transferable[]): void {
    const message = structuredClone(sent, { transfer });
    this.messages.push(message);
    const mode = FakeWorker.mode;
    setTimeout(() => {
      if (this.isTerminated || mode === "silent") return;
      if (mode === "die") return this.onerror?.({ message: "out of memory" } as ErrorEvent);
      this.onmessage?.({ data: answerMessage(message) } as MessageEvent);
    });
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

let models: Models;

function start(timeoutMs = 5000): Models {
  FakeWorker.made = [];
  FakeWorker.mode = "answer";
  models = startModels({ timeoutMs, makeWorker: () => new FakeWorker() });
  return models;
}

afterEach(() => models.close());

const shop = { type: "simulate", params: { customers: 3 } } as const;

function estimate(x: number[]): EstimateRequest {
  const all = (value: number) => new Float64Array(x.length).fill(value);
  return {
    type: "clv-model",
    columns: {
      x: Float64Array.from(x),
      t_x_days: Float64Array.from(x, (value) => (value > 0 ? 40 : 0)),
      T_days: all(60),
      monetary: all(9),
      customers: all(5),
    },
  };
}

describe("startModels", () => {
  it("answers in order over one worker, and takes the columns over", async () => {
    const { run } = start();
    const request = estimate([0, 1, 2, 5]);
    const [first, second] = await Promise.all([run(shop), run(request)]);
    expect(first.ordersCsv).toContain("Order ID");
    expect(second.columns["parameter"]).toContain("alpha");
    expect(request.columns.x).toHaveLength(0);
    expect(FakeWorker.made).toHaveLength(1);
    const sent = FakeWorker.made[0]!.messages[1]!.request as EstimateRequest;
    expect(sent.columns.x).toHaveLength(4);
  });

  it("hands a model's error over by name and code", async () => {
    const error = run(estimate([0, 0]));
    await expect(error).rejects.toMatchObject({
      name: "ModelError",
      code: "too-few-repeat-buyers",
      value: 0,
      needed: 1,
    });
    function run(request: EstimateRequest) {
      return start().run(request);
    }
  });

  it("cancels by ending the worker, and starts another for the next request", async () => {
    const { run } = start();
    FakeWorker.mode = "silent";
    const cancel = new AbortController();
    const running = run(shop, cancel.signal);
    await vi.waitFor(() => expect(FakeWorker.made).toHaveLength(1));
    const next = run(shop);
    FakeWorker.mode = "answer";
    cancel.abort();
    await expect(running).rejects.toMatchObject({ code: "cancelled" });
    expect((await next).costsCsv).toContain("Cost");
    expect(FakeWorker.made.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  });

  it("cancels a request that waits without touching the one that runs", async () => {
    const { run } = start();
    const cancel = new AbortController();
    const running = run(shop);
    const waiting = run(shop, cancel.signal);
    cancel.abort();
    await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
    expect((await running).ordersCsv).toContain("C000001");
    expect(FakeWorker.made).toHaveLength(1);
  });

  it("rejects at once what was cancelled before it began", async () => {
    await expect(start().run(shop, AbortSignal.abort())).rejects.toMatchObject({
      code: "cancelled",
    });
    expect(FakeWorker.made).toHaveLength(0);
  });

  it("names a worker that dies, and recovers", async () => {
    const { run } = start();
    FakeWorker.mode = "die";
    await expect(run(shop)).rejects.toMatchObject({ code: "worker-died", cause: "out of memory" });
    FakeWorker.mode = "answer";
    await expect(run(shop)).resolves.toHaveProperty("ordersCsv");
    expect(FakeWorker.made).toHaveLength(2);
  });

  it("names a worker that cannot start", async () => {
    models = startModels({
      makeWorker: () => {
        throw new DOMException("refused by the policy", "SecurityError");
      },
    });
    await expect(models.run(shop)).rejects.toMatchObject({ code: "worker-died" });
  });

  it("gives up on a silent worker", async () => {
    const { run } = start(20);
    FakeWorker.mode = "silent";
    await expect(run(shop)).rejects.toMatchObject({ code: "timeout", value: 20 });
    expect(FakeWorker.made[0]!.isTerminated).toBe(true);
  });

  it("rejects all there is when closed, and all that comes", async () => {
    const { run, close } = start();
    FakeWorker.mode = "silent";
    const both = Promise.allSettled([run(shop), run(shop)]);
    await vi.waitFor(() => expect(FakeWorker.made).toHaveLength(1));
    close();
    for (const outcome of await both) {
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "closed" } });
    }
    await expect(run(shop)).rejects.toMatchObject({ code: "closed" });
    expect(FakeWorker.made[0]!.isTerminated).toBe(true);
  });

  it("lets go of a worker that held hundreds of thousands of customers, and starts another when asked", async () => {
    start();
    await models.run(estimate(Array.from({ length: 60 }, (_, i) => i % 4)));
    expect(FakeWorker.made.map(({ isTerminated }) => isTerminated)).toEqual([false]);
    await models.run(estimate(Array.from({ length: 200_001 }, (_, i) => i % 4)));
    expect(FakeWorker.made.map(({ isTerminated }) => isTerminated)).toEqual([true]);
    await models.run(shop);
    expect(FakeWorker.made.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  });
});
