/** x, t_x and T in days to 1997-09-30 of the customers of CDNOW's sample in r_crosscheck.json, by Id */
export const clvToolsCustomers: Readonly<Record<string, readonly [number, number, number]>> = {
  1: [2, 213, 272],
  10: [0, 0, 272],
  100: [1, 167, 268],
  1000: [4, 171, 235],
  1001: [0, 0, 235],
};
