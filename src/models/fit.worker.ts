import { answerMessage, buffersOf, type FitMessage } from "./fitMessage.ts";

// The models' one door in a worker: a message in, a reply out, one at a time.
self.onmessage = ({ data }: MessageEvent<FitMessage>) => {
  const reply = answerMessage(data);
  const columns = reply.type === "done" && "columns" in reply.answer ? reply.answer.columns : {};
  self.postMessage(reply, { transfer: buffersOf(columns) });
};
