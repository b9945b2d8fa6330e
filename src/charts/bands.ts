/** Share of the distance from one place to the next that a bar or a group of bars takes. */
const bandShare = 0.76;

/**
 * Where the bars of a place stand on an axis of places 0, 1, 2, …: side by side where there are several.
 *
 * @returns from and to, around the place
 */
export function bandOf(place: number, member = 0, members = 1): [number, number] {
  const wide = bandShare / members;
  const from = place - bandShare / 2 + member * wide;
  const gap = members > 1 ? wide * 0.06 : 0;
  return [from + gap, from + wide - gap];
}
