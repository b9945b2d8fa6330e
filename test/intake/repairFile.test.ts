import { describe, expect, it, vi } from "vitest";
import { inspectFile } from "../../src/intake/inspectFile.ts";
import type { IntakeReply, IntakeRequest } from "../../src/intake/intakeMessages.ts";
import { repair } from "../../src/intake/repair.ts";
import { repairFile } from "../../src/intake/repairFile.ts";

vi.mock("../../src/intake/intake.worker.ts?worker&inline", () => ({ default: class {} }));

const text = "Order ID,Date,Total\n1,2024-01-05\n2,2024-01-06,2.00\n";
const file = new Blob([text]);

/** A worker in this thread, which answers as the real one does, or never. */
function fakeWorker(
  answer: (request: IntakeRequest, reply: (message: IntakeReply) => void) => void,
) {
  const worker = {
    onmessage: null as ((event: { data: IntakeReply }) => void) | null,
    onerror: null as ((event: { message: string }) => void) | null,
    terminate: vi.fn(),
    postMessage: (request: IntakeRequest) =>
      answer(request, (data) => worker.onmessage?.({ data })),
  };
  return worker;
}

describe("the careful lane", () => {
  it("hands back the worker's repair with the lines of its records", async () => {
    const plan = await inspectFile(file, "x.csv");
    const worker = fakeWorker((request, reply) => {
      reply({ id: request.id, type: "progress", records: 1, bytes: 20 });
      if (request.type !== "repair") throw new Error(request.type);
      void repair(request.file, request.plan).then((result) =>
        reply({ id: request.id, type: "done", repair: result }),
      );
    });
    const seen: number[] = [];
    const result = await repairFile(
      file,
      plan,
      { onProgress: (n) => seen.push(n) },
      () => worker as unknown as Worker,
    );
    expect(result.read).toBe(2);
    expect(result.lineOf(2)).toBe(3);
    expect(seen).toEqual([1]);
    expect(worker.terminate).toHaveBeenCalledOnce();
  });

  it("ends the worker at once when it is cancelled", async () => {
    const plan = await inspectFile(file, "x.csv");
    const worker = fakeWorker(() => undefined);
    const controller = new AbortController();
    const pending = repairFile(
      file,
      plan,
      { signal: controller.signal },
      () => worker as unknown as Worker,
    );
    controller.abort();
    await expect(pending).rejects.toMatchObject({ name: "IntakeError", code: "cancelled" });
    expect(worker.terminate).toHaveBeenCalledOnce();
    const never = repairFile(
      file,
      plan,
      { signal: controller.signal },
      () => worker as unknown as Worker,
    );
    await expect(never).rejects.toMatchObject({ code: "cancelled" });
  });

  it("names the failures of a worker", async () => {
    const plan = await inspectFile(file, "x.csv");
    const failing = fakeWorker(({ id }, reply) =>
      reply({ id, type: "failed", code: "unreadable", args: {}, message: "" }),
    );
    await expect(
      repairFile(file, plan, {}, () => failing as unknown as Worker),
    ).rejects.toMatchObject({ code: "unreadable" });
    const broken = fakeWorker(() => broken.onerror?.({ message: "no such script" }));
    await expect(
      repairFile(file, plan, {}, () => broken as unknown as Worker),
    ).rejects.toMatchObject({ code: "worker" });
  });
});
