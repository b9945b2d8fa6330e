import { cnbdFamily } from "./cnbdFamily.ts";

/**
 * MBG/CNBD-k: regular buyers who may drop out after each purchase, the first too; k = 1 is the
 * MBG/NBD.
 *
 * @see Reutterer, Platzer and Schröder (2021), https://doi.org/10.1016/j.ijresmar.2020.09.002
 */
export const mbgCnbdK = cnbdFamily("mbg-cnbd-k", true);
