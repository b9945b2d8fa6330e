/** Blocks one after the other, which are shown as they are or gathered into one line. */
export interface Run<Block> {
  blocks: Block[];
  /** what all of them lack, as a sentence; undefined where they are shown as they are */
  need: string | undefined;
}

/** Fewer than these lack it each for itself. */
const leastGathered = 4;

/**
 * Blocks in their order, with those gathered that follow on each other and lack the same.
 *
 * @param needOf what a block lacks, as a sentence; undefined where it lacks nothing
 */
export function gatherRuns<Block>(
  blocks: readonly Block[],
  needOf: (block: Block) => string | undefined,
): Run<Block>[] {
  const alike: Run<Block>[] = [];
  for (const block of blocks) {
    const need = needOf(block);
    const last = alike.at(-1);
    if (last && last.need === need) last.blocks.push(block);
    else alike.push({ blocks: [block], need });
  }
  const runs: Run<Block>[] = [];
  for (const run of alike) {
    const need = run.blocks.length < leastGathered ? undefined : run.need;
    const last = runs.at(-1);
    if (last && last.need === undefined && need === undefined) last.blocks.push(...run.blocks);
    else runs.push({ blocks: run.blocks, need });
  }
  return runs;
}
