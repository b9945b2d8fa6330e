import { bgNbd } from "../../src/models/bgNbd.ts";
import { ggomNbd } from "../../src/models/ggomNbd.ts";
import { mbgNbd } from "../../src/models/mbgNbd.ts";
import { nbd } from "../../src/models/nbd.ts";
import { paretoNbd } from "../../src/models/paretoNbd.ts";

/** For `describe.each`: the models whose purchases come without memory, each with parameters like CDNOW's. */
export const weeklyModels = [
  [nbd, [0.4, 10]],
  [bgNbd, [0.243, 4.414, 0.793, 2.426]],
  [mbgNbd, [0.525, 6.183, 0.891, 1.614]],
  [paretoNbd, [0.553, 10.578, 0.606, 11.669]],
  [ggomNbd, [0.55, 10.5, 0.02, 0.6, 0.2]],
] as const;
