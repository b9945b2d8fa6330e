import { createWriteStream } from "node:fs";
import { once } from "node:events";

const channels = ["Webshop", "App", "Tmall", "WeChat mini program", "Store"];

/**
 * Writes a clean order export: one row an order, by time, one customer per eight orders, about 64
 * bytes a row. Deterministic.
 */
export async function makeOrders(path: string, orders: number): Promise<void> {
  const random = mulberry32(orders);
  const customers = Math.max(1, Math.floor(orders / 8));
  const start = Date.UTC(2022, 0, 1);
  const spanMs = 730 * 86_400_000;
  const out = createWriteStream(path);
  let part = "Order ID,Customer ID,Order Date,Total,Channel,Product,Quantity\n";
  for (let i = 0; i < orders; ++i) {
    const time = new Date(start + (spanMs * i) / orders)
      .toISOString()
      .slice(0, 19)
      .replace("T", " ");
    // squared: some customers buy far more often than others, and newer ones appear over time
    const customer = Math.floor(customers * ((i / orders) * random()) ** 0.7);
    const amount = (5 + 195 * random() ** 3).toFixed(2);
    const channel = channels[Math.floor(random() * channels.length)];
    part += `${100_000_000 + i},C${1_000_000 + customer},${time},${amount},${channel},Product ${Math.floor(random() * 50)},${1 + Math.floor(random() * 4)}\n`;
    if (part.length < 1 << 20) continue;
    if (!out.write(part)) await once(out, "drain");
    part = "";
  }
  out.end(part);
  await once(out, "finish");
}

function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
