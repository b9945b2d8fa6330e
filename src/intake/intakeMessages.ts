import type { Args, IntakeErrorCode } from "./intakeError.ts";
import type { FilePlan } from "./plan.ts";
import type { Repair } from "./repair.ts";

/** To the intake worker. */
export type IntakeRequest = { id: number; type: "repair"; file: Blob; plan: FilePlan };

/** From the intake worker; a request ends with "done" or "failed". */
export type IntakeReply =
  | { id: number; type: "progress"; records: number; bytes: number }
  | { id: number; type: "done"; repair: Repair }
  | { id: number; type: "failed"; code: IntakeErrorCode; args: Args; message: string };
