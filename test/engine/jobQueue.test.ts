import { expect, it } from "vitest";
import { EngineError } from "../../src/engine/engine.ts";
import { JobQueue } from "../../src/engine/jobQueue.ts";

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: unknown) => (error instanceof EngineError ? error.code : String(error)),
  );

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

it("runs one job at a time in the order of their coming", async () => {
  const queue = new JobQueue();
  const log: string[] = [];
  const job = (name: string) => async () => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    return name;
  };
  const results = await Promise.all([queue.add(job("a")), queue.add(job("b"))]);
  expect(results).toEqual(["a", "b"]);
  expect(log).toEqual(["a begins", "a ends", "b begins", "b ends"]);
});

it("begins those that share without waiting, none beside others, all in order", async () => {
  const queue = new JobQueue();
  const log: string[] = [];
  const gates = new Map<string, ReturnType<typeof gate>>();
  const add = (name: string, share: boolean) => {
    gates.set(name, gate());
    const run = async () => {
      log.push(name);
      await gates.get(name)!.opened;
    };
    return queue.add(run, { isShared: () => share });
  };
  const all = [add("a", true), add("b", true), add("alone", false), add("c", true), add("d", true)];
  const openNext = async (name: string) => {
    gates.get(name)!.open();
    await new Promise((resolve) => setTimeout(resolve, 0));
    return [...log];
  };
  expect(log).toEqual(["a", "b"]);
  expect(await openNext("b")).toEqual(["a", "b"]);
  expect(await openNext("a")).toEqual(["a", "b", "alone"]);
  expect(await openNext("alone")).toEqual(["a", "b", "alone", "c", "d"]);
  await openNext("d");
  await openNext("c");
  await Promise.all(all);
});

it("goes on after a job that fails", async () => {
  const queue = new JobQueue();
  const failing = queue.add(() => Promise.reject(new Error("no")));
  const next = queue.add(() => Promise.resolve("yes"));
  expect(await codeOf(failing)).toBe("Error: no");
  expect(await next).toBe("yes");
});

it("drops a job that is aborted before its turn, at once", async () => {
  const queue = new JobQueue();
  const { opened, open } = gate();
  const first = queue.add(() => opened);
  const abort = new AbortController();
  let ran = false;
  const second = queue.add(
    () => {
      ran = true;
      return Promise.resolve();
    },
    { signal: abort.signal },
  );
  abort.abort();
  expect(await codeOf(second)).toBe("cancelled");
  open();
  await first;
  expect(ran).toBe(false);
  const signal = AbortSignal.abort();
  expect(await codeOf(queue.add(() => Promise.resolve(), { signal }))).toBe("cancelled");
});

it("rejects everything when cleared, and takes new jobs though the old one never settles", async () => {
  const queue = new JobQueue();
  const stuck = queue.add(() => new Promise(() => undefined));
  const waiting = queue.add(() => Promise.resolve());
  queue.clear(new EngineError("worker-died", "gone"));
  expect(await codeOf(stuck)).toBe("worker-died");
  expect(await codeOf(waiting)).toBe("worker-died");
  expect(await queue.add(() => Promise.resolve(7))).toBe(7);
});

it("does not let a cleared job that settles late start the next one twice", async () => {
  const queue = new JobQueue();
  const old = gate();
  const oldJob = queue.add(() => old.opened);
  queue.clear(new EngineError("cancelled", "restart"));
  expect(await codeOf(oldJob)).toBe("cancelled");
  const fresh = gate();
  let running = 0;
  let most = 0;
  const job = async () => {
    most = Math.max(most, ++running);
    await fresh.opened;
    --running;
  };
  const jobs = [queue.add(job), queue.add(job)];
  old.open();
  await Promise.resolve();
  fresh.open();
  await Promise.all(jobs);
  expect(most).toBe(1);
});
