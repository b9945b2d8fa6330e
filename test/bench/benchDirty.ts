import { existsSync } from "node:fs";
import { mkdir, rename, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeDirty } from "./makeDirty.ts";
import { openPage } from "./pageEngine.ts";

/**
 * The careful lane at scale: a million rows that have to be mended, read in the page with its
 * progress shown, the memory of the tab, and how soon it is idle after a cancel.
 */
export async function benchDirty(rows = 1_000_000): Promise<void> {
  const folder = join(tmpdir(), "perennial-bench");
  await mkdir(folder, { recursive: true });
  const path = join(folder, `dirty-${rows}.csv`);
  if (!existsSync(path)) {
    await makeDirty(`${path}.part`, rows);
    await rename(`${path}.part`, path);
  }
  const { size } = await stat(path);
  console.log(`\n${rows.toLocaleString("en")} dirty rows, ${Math.round(size / 1e6)} MB`);
  const page = await openPage();
  try {
    const tookMs = await page.importFile(path);
    const { read, kept, merged, excluded, rejected } = await page.rowsOfImport();
    console.log(`  file to finished marts: ${(tookMs / 1000).toFixed(1)} s`);
    console.log(
      `  ${read} rows read = ${kept} kept + ${merged} merged + ${excluded} excluded + ${rejected} rejected`,
    );
    if (read !== rows) throw new Error(`${rows - read} rows are not accounted for`);
    for (const share of [5, 20, 45, 70]) {
      await page.reset();
      const ms = await page.cancelImport(path, share);
      console.log(`  cancelled at ${share} %: idle after ${Math.round(ms)} ms`);
    }
    console.log(`  most memory of the tab: ${await page.peakMegabytes()} MB`);
  } finally {
    await page.close();
  }
}
