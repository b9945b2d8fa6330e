import { isPage } from "./htmlTable.ts";
import { IntakeError } from "./intakeError.ts";
import { isEncryptedWorkbook } from "./isEncryptedWorkbook.ts";
import { runWorker } from "./runWorker.ts";
import type { WorkerOptions } from "./runWorker.ts";
import { isZip } from "./unpackArchive.ts";
import type { Unpacked } from "./unpackArchive.ts";

/**
 * The one door for what a reader drops: a zip archive gives its files, a workbook a CSV for each
 * sheet, a page that is nothing but a table that table as CSV, anything else itself. Its first bytes tell, never its name; what is inside is read in the
 * intake worker, which an abort ends at once.
 *
 * @throws IntakeError "cancelled", "encrypted-workbook", and as `unpackArchive`
 */
export async function unpack(
  file: Blob,
  name: string,
  options: WorkerOptions = {},
): Promise<Unpacked[]> {
  const start = await startOf(file);
  if (await isEncryptedWorkbook(file)) throw new IntakeError("encrypted-workbook");
  if (!isZip(start) && !isPage(start)) return [{ name, file }];
  const reply = await runWorker({ id: 1, type: "unpack", file, name }, options);
  if (reply.type !== "unpacked") throw new IntakeError("worker", { message: reply.type });
  return reply.files;
}

async function startOf(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(0, 1024).arrayBuffer());
  } catch (cause) {
    throw new IntakeError("unreadable", {}, cause);
  }
}
