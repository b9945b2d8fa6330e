/**
 * The distinct values of a column, ascending, and the place of each row's value among them.
 *
 * @param values n numbers of 0 or more
 * @returns `distinct` of d ≤ n values, `places` of n indices into it
 * @throws RangeError for a negative number and for NaN, which have no place here
 *
 * O(n): a radix sort of the doubles' bits, which stand in the order of their numbers; a digit that
 * all rows share costs no pass. A million rows in a tenth of a second, where comparing takes three.
 */
export function distinctOf(values: ArrayLike<number>): {
  distinct: Float64Array;
  places: Uint32Array;
} {
  const n = values.length;
  const numbers = new Float64Array(values);
  const offset = checkNumbers(numbers) ? wholeOffset : 0;
  for (let row = 0; row < n; ++row) numbers[row]! += offset; // and −0 + 0 is 0
  const { keys, rows } = sortNumbers(numbers);
  const places = new Uint32Array(n);
  let count = 0;
  for (let i = 0; i < n; ++i) {
    const key = keys[i]! - offset;
    if (count === 0 || key !== keys[count - 1]) keys[count++] = key;
    places[rows[i]!] = count - 1;
  }
  return { distinct: keys.slice(0, count), places };
}

/** what turns the bits of a double into those of a whole number below it */
const wholeOffset = 2 ** 52;

/** @returns whether all are whole numbers below the offset */
function checkNumbers(numbers: Float64Array): boolean {
  let areWhole = true;
  for (let row = 0; row < numbers.length; ++row) {
    const number = numbers[row]!;
    if (!(number >= 0)) throw new RangeError(`no number of 0 or more in row ${row}: ${number}`);
    areWhole &&= number < wholeOffset && Math.floor(number) === number;
  }
  return areWhole;
}

const digitBits = 11;
const digits = 1 << digitBits;

/** the numbers ascending, and the row that each stood in; of a double the low half lies first */
function sortNumbers(numbers: Float64Array<ArrayBuffer>) {
  const n = numbers.length;
  let [keys, rows] = [numbers, new Uint32Array(n)];
  for (let row = 0; row < n; ++row) rows[row] = row;
  let [toKeys, toRows] = [new Float64Array(n), new Uint32Array(n)];
  const ends = new Uint32Array(digits);
  for (const half of [0, 1]) {
    for (let shift = 0; shift < 32; shift += digitBits) {
      const words = new Uint32Array(keys.buffer, keys.byteOffset, 2 * n);
      ends.fill(0);
      for (let i = half; i < 2 * n; i += 2) ++ends[(words[i]! >>> shift) & (digits - 1)]!;
      if (ends.includes(n)) continue;
      for (let digit = 1; digit < digits; ++digit) ends[digit]! += ends[digit - 1]!;
      for (let i = n - 1; i >= 0; --i) {
        const place = --ends[(words[2 * i + half]! >>> shift) & (digits - 1)]!;
        toKeys[place] = keys[i]!;
        toRows[place] = rows[i]!;
      }
      [keys, toKeys] = [toKeys, keys];
      [rows, toRows] = [toRows, rows];
    }
  }
  return { keys, rows };
}
