import { build } from "vite";
import type { InlineConfig } from "vite";

/**
 * Builds as a release is built: a test runner's or a development server's `NODE_ENV` would bring libraries
 * in as they are for developing, slower and larger.
 */
export async function buildAsShipped(config: InlineConfig): Promise<void> {
  const before = process.env["NODE_ENV"];
  process.env["NODE_ENV"] = "production";
  try {
    await build(config);
  } finally {
    if (before === undefined) delete process.env["NODE_ENV"];
    else process.env["NODE_ENV"] = before;
  }
}
