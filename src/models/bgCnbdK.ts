import { cnbdFamily } from "./cnbdFamily.ts";

/**
 * BG/CNBD-k: regular buyers who may drop out after each repeat purchase; k = 1 is the BG/NBD.
 *
 * @see Platzer and Reutterer (2016), https://doi.org/10.1287/mksc.2015.0963, for Erlang-k gaps
 * @see Reutterer, Platzer and Schröder (2021), https://doi.org/10.1016/j.ijresmar.2020.09.002
 */
export const bgCnbdK = cnbdFamily("bg-cnbd-k", false);
