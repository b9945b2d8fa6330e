import type { FileMark } from "../storage/study.ts";

/** How files that were given stand to those that a study was about; names of files. */
export interface Misfit {
  /** not among those given */
  missing: string[];
  /** of the same name, with other columns, separator or encoding */
  changed: string[];
  /** like none of those before */
  added: string[];
}

/** What does not fit, or null where everything does. A file is known by its shape, whatever its name. */
export function fitFiles(wanted: readonly FileMark[], given: readonly FileMark[]): Misfit | null {
  const left = new Set(given);
  const take = (isIt: (mark: FileMark) => boolean) => {
    const found = [...left].find(isIt);
    if (found) left.delete(found);
    return found !== undefined;
  };
  const isSame = (a: FileMark, b: FileMark) => a.shape === b.shape && a.name === b.name;
  const isLike = (a: FileMark, b: FileMark) => a.shape === b.shape && a.shape !== null;
  const unlike = [isSame, isLike].reduce(
    (open, fits) => open.filter((mark) => !take((other) => fits(mark, other))),
    [...wanted],
  );
  const changed = unlike.filter(({ name }) => take((other) => other.name === name));
  const names = (marks: Iterable<FileMark>) => [...marks].map(({ name }) => name);
  const missing = names(unlike.filter((mark) => !changed.includes(mark)));
  const misfit = { missing, changed: names(changed), added: names(left) };
  return Object.values(misfit).some((part) => part.length > 0) ? misfit : null;
}
