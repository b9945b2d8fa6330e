const channels = ["Store", "Newsletter", "Search"];
const products = ["Field lamp", "Wool blanket", "Tea, loose", 'Mug "Dawn"'];
const day = 86_400_000; // milliseconds

/**
 * A shop's order export, the same on every call: one row an order, sorted by time, with quoted
 * fields, a few refunds and a few cancelled orders.
 */
export function shopExport({ orders = 600, customers = 160 } = {}): string {
  const random = randomFrom(7);
  const start = Date.UTC(2024, 0, 3, 9, 30);
  const lines = Array.from({ length: orders }, (_, i) => {
    const at = new Date(start + Math.floor((i * 480 * day) / orders));
    // early customers come back more often than late ones
    const customer = Math.floor(random() ** 1.7 * Math.min(customers, 20 + i));
    const amount = (5 + Math.floor(random() * 20_000) / 100).toFixed(2);
    const isCancelled = random() < 0.03;
    const refund = !isCancelled && random() < 0.05 ? amount : "0.00";
    return [
      `S-${10_001 + i}`,
      `customer${customer}@example.com`,
      at.toISOString().slice(0, 19).replace("T", " "),
      amount,
      refund,
      isCancelled ? "cancelled" : "paid",
      "EUR",
      channels[Math.floor(random() * channels.length)],
      `"${products[Math.floor(random() * products.length)]?.replaceAll('"', '""')}"`,
    ].join(",");
  });
  return `${shopHeader}\n${lines.join("\n")}\n`;
}

export const shopHeader =
  "Order number,Customer e-mail,Order date,Amount paid,Refund,Status,Currency,Channel,Product";

/** Numbers from 0 to 1 by a linear congruential generator (Numerical Recipes, chapter 7.1). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
