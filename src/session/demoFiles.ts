import type { Shop } from "../models/simulateShop.ts";

const names: Record<keyof Shop, string> = {
  ordersCsv: "demo-orders.csv",
  costsCsv: "demo-costs.csv",
  customersCsv: "demo-customers.csv",
  touchesCsv: "demo-touches.csv",
  referralsCsv: "demo-referrals.csv",
  ratingsCsv: "demo-ratings.csv",
};

/** The simulated shop as files to import; a very small one has nothing to say in some of them. */
export function demoFiles(shop: Shop): File[] {
  return (Object.keys(names) as (keyof Shop)[])
    .filter((file) => shop[file].indexOf("\n") < shop[file].length - 1)
    .map((file) => new File([shop[file]], names[file], { type: "text/csv" }));
}
