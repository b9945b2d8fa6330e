import { IntakeError } from "./intakeError.ts";
import type { IntakeReply, IntakeRequest } from "./intakeMessages.ts";
import { repair } from "./repair.ts";

const progressMs = 100;

self.onmessage = ({ data }: MessageEvent<IntakeRequest>) => {
  const { id, file, plan } = data;
  let last = 0;
  const onProgress = (records: number, bytes: number) => {
    const now = performance.now();
    if (now - last < progressMs) return;
    last = now;
    reply({ id, type: "progress", records, bytes });
  };
  repair(file, plan, { onProgress }).then(
    (result) => reply({ id, type: "done", repair: result }),
    (error: unknown) => {
      const known = error instanceof IntakeError ? error : undefined;
      reply({
        id,
        type: "failed",
        code: known?.code ?? "worker",
        args: known?.args ?? {},
        message: String(error),
      });
    },
  );
};

function reply(message: IntakeReply): void {
  self.postMessage(message);
}
