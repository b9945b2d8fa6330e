import { IntakeError } from "./intakeError.ts";
import type { IntakeReply, IntakeRequest } from "./intakeMessages.ts";
import { repair } from "./repair.ts";
import { unpackArchive } from "./unpackArchive.ts";

const progressMs = 100;

self.onmessage = ({ data }: MessageEvent<IntakeRequest>) => {
  const { id } = data;
  answer(data).then(reply, (error: unknown) => {
    const known = error instanceof IntakeError ? error : undefined;
    reply({
      id,
      type: "failed",
      code: known?.code ?? "worker",
      args: known?.args ?? {},
      message: String(error),
    });
  });
};

async function answer(request: IntakeRequest): Promise<IntakeReply> {
  const { id, file } = request;
  let last = 0;
  const onProgress = (records: number, bytes: number) => {
    const now = performance.now();
    if (now - last < progressMs) return;
    last = now;
    reply({ id, type: "progress", records, bytes });
  };
  if (request.type === "repair")
    return { id, type: "done", repair: await repair(file, request.plan, { onProgress }) };
  const onShare = (share: number) => onProgress(0, Math.round(share * file.size));
  return { id, type: "unpacked", files: await unpackArchive(file, request.name, onShare) };
}

function reply(message: IntakeReply): void {
  self.postMessage(message);
}
