import type { Shop } from "../models/simulateShop.ts";

/** How the simulated shop was asked for. */
export interface DemoOptions {
  customers?: number;
  seed?: number;
}

const made = new WeakMap<Blob, { options: DemoOptions; count: number }>();

const names: Record<keyof Shop, string> = {
  ordersCsv: "demo-orders.csv",
  costsCsv: "demo-costs.csv",
  customersCsv: "demo-customers.csv",
  touchesCsv: "demo-touches.csv",
  referralsCsv: "demo-referrals.csv",
  ratingsCsv: "demo-ratings.csv",
};

/** The simulated shop as files to import; a very small one has nothing to say in some of them. */
export function demoFiles(shop: Shop, options: DemoOptions = {}): File[] {
  const files = (Object.keys(names) as (keyof Shop)[])
    .filter((file) => shop[file].indexOf("\n") < shop[file].length - 1)
    .map((file) => new File([shop[file]], names[file], { type: "text/csv" }));
  const origin = { options, count: files.length };
  for (const file of files) made.set(file, origin);
  return files;
}

export function isDemoFile(file: Blob): boolean {
  return made.has(file);
}

/** What makes these files again: undefined where they are not all those of one simulated shop. */
export function demoOf(files: readonly Blob[]): DemoOptions | undefined {
  const [first] = files;
  const origin = first && made.get(first);
  const isWhole =
    files.length === origin?.count && files.every((file) => made.get(file) === origin);
  return isWhole ? origin?.options : undefined;
}
