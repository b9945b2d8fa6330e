import { bgNbd } from "../../src/models/bgNbd.ts";
import { mbgNbd } from "../../src/models/mbgNbd.ts";
import { paretoNbd } from "../../src/models/paretoNbd.ts";

/** models with dropout, as the golden files name them */
export const goldenModels = { bgnbd: bgNbd, mbgnbd: mbgNbd, pnbd: paretoNbd } as const;

export type GoldenModel = keyof typeof goldenModels;

export const goldenIds: GoldenModel[] = ["bgnbd", "mbgnbd", "pnbd"];
