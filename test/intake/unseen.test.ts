import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { ImportReport, Role } from "../../src/intake/report.ts";
import { openShop } from "../session/openShop.ts";
import type { Shop } from "../session/openShop.ts";
import { encodeText } from "./encodeText.ts";
import { unseenExports } from "./unseenExports.ts";

vi.mock("../../src/intake/runWorker.ts", () => import("../session/runWorker.ts"));

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});

afterAll(() => shop?.close());

describe("a platform that intake has never seen", () => {
  it.each(unseenExports)(
    "$name",
    async ({ name, encoding, lines, newline = "\n", mapping, totals, asked = [] }) => {
      const content = encodeText(lines.map((line) => line + newline).join(""), encoding);
      const { files, totals: found }: ImportReport = await shop.importFiles([
        { name: `${name}.csv`, content },
      ]);
      const [file] = files;
      const roles = Object.keys(mapping) as Role[];
      expect({
        platform: file?.platform,
        encoding: file?.encoding,
        mapping: Object.fromEntries(roles.map((role) => [role, [file?.mapping[role]].flat()[0]])),
        totals: Object.fromEntries(Object.keys(totals).map((key) => [key, found[key as "net"]])),
        asked: file?.questions.map(({ id }) => id).filter((id) => id !== "masked"),
      }).toEqual({ platform: null, encoding, mapping, totals, asked });
      const { read, kept, merged, excluded, rejected } = file!.rows;
      expect([read, rejected]).toEqual([lines.length - 1, 0]);
      expect(kept + merged + excluded).toBe(read);
    },
  );
});
