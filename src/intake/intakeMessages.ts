import type { Args, IntakeErrorCode } from "./intakeError.ts";
import type { FilePlan } from "./plan.ts";
import type { Repair } from "./repair.ts";
import type { Unpacked } from "./unpackArchive.ts";

/** To the intake worker. */
export type IntakeRequest =
  | { id: number; type: "repair"; file: Blob; plan: FilePlan }
  | { id: number; type: "unpack"; file: Blob; name: string };

/** From the intake worker; a request ends with "done", "unpacked" or "failed". */
export type IntakeReply =
  | { id: number; type: "progress"; records: number; bytes: number }
  | { id: number; type: "done"; repair: Repair }
  | { id: number; type: "unpacked"; files: Unpacked[] }
  | { id: number; type: "failed"; code: IntakeErrorCode; args: Args; message: string };
