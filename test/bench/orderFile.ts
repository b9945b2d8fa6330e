import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeOrders } from "./makeOrders.ts";

/** Path of an export with so many orders, made when it is first asked for. */
export async function orderFile(orders: number): Promise<string> {
  const folder = join(tmpdir(), "perennial-bench");
  await mkdir(folder, { recursive: true });
  const path = join(folder, `orders-${orders}.csv`);
  if (existsSync(path)) return path;
  await makeOrders(`${path}.part`, orders);
  await rename(`${path}.part`, path);
  return path;
}
