/** The name, or where it is taken the first of "name (2).csv", "name (3).csv", … that is not; it is then taken. */
export function freeName(name: string, taken: Set<string>): string {
  const [, stem = "", ending = ""] = /^(.*?)(\.[^.]*)?$/s.exec(name) ?? [];
  let free = name;
  for (let i = 2; taken.has(free); ++i) free = `${stem} (${i})${ending}`;
  taken.add(free);
  return free;
}
