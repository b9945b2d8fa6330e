import { readFileSync } from "node:fs";
import { createDecipheriv, hkdfSync } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Bundle } from "../../src/bundle/bundle.ts";
import { BundleError } from "../../src/bundle/bundleError.ts";
import { isKeyFragment, keyFragment, newKey, parseKey } from "../../src/bundle/bundleKey.ts";
import { headerBytes, isBundle } from "../../src/bundle/header.ts";
import { openBundle } from "../../src/bundle/openBundle.ts";
import { sealBundle } from "../../src/bundle/sealBundle.ts";

const chunkPower = 8;
const sealedChunk = 2 ** chunkPower + 16;

const anyBundle = fc
  .record({
    document: fc.string({ unit: "grapheme" }),
    answers: fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }),
    files: fc.array(
      fc.record({
        name: fc.string({ unit: "grapheme" }),
        bytes: fc.uint8Array({ maxLength: 2000 }),
        reading: fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }),
      }),
      { maxLength: 4 },
    ),
  })
  .map(({ document, answers, files }) => ({
    document,
    answers: plain(answers),
    files: files.map(({ name, bytes, reading }) => ({
      name,
      content: new Blob([Uint8Array.from(bytes)]),
      reading: plain(reading),
    })),
  }));

/** A key of JSON like `__proto__` is a property of its own, -0 is 0. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** One whose content fills several chunks: random bytes do not deflate. */
async function sealNoise(bytes = 1500) {
  const content = new Blob([crypto.getRandomValues(new Uint8Array(bytes))]);
  const bundle: Bundle = {
    document: "# T\n",
    answers: { "date-order": "day-first" },
    files: [{ name: "orders.csv", content, reading: { shape: null } }],
  };
  const { file, key } = await sealBundle(bundle, { chunkPower });
  return { key, sealed: new Uint8Array(await file.arrayBuffer()) };
}

async function whyNot(bytes: Uint8Array, key: Uint8Array<ArrayBuffer>): Promise<string> {
  const opened = await openBundle(new Blob([Uint8Array.from(bytes)]), key).then(
    () => "opened",
    (error: unknown) => error,
  );
  return opened instanceof BundleError ? opened.code : String(opened);
}

async function readAll({ document, answers, files }: Bundle) {
  const read = files.map(async ({ name, content, reading }) => [
    name,
    new Uint8Array(await content.arrayBuffer()),
    reading,
  ]);
  return { document, answers, files: await Promise.all(read) };
}

it("gives back what was sealed, whatever the names, the answers and the bytes", async () => {
  await fc.assert(
    fc.asyncProperty(anyBundle, async (bundle) => {
      const { file, key } = await sealBundle(bundle, { chunkPower });
      expect(await isBundle(file)).toBe(true);
      expect(await readAll(await openBundle(file, key))).toEqual(await readAll(bundle));
    }),
    { numRuns: 60 },
  );
});

it("gives back 24 MB in chunks of a megabyte, and tells how far it is", async () => {
  const mega = crypto.getRandomValues(new Uint8Array(65_536));
  const content = new Blob(Array.from({ length: 384 }, () => mega));
  const shares: number[] = [];
  const onProgress = (share: number) => void shares.push(share);
  const bundle = { document: "", answers: {}, files: [{ name: "a", content, reading: {} }] };
  const { file, key } = await sealBundle(bundle, { onProgress });
  expect(shares.at(-1)).toBe(1);
  const opened = await openBundle(file, key, { onProgress });
  expect(await digest(opened.files[0]!.content)).toBe(await digest(content));
  expect(shares.at(-1)).toBe(1);
});

it("holds neither the text, nor a name, nor the key", async () => {
  const secret = "customer-4711@shop.example";
  const content = new Blob([`mail\n${secret}\n`]);
  const bundle = { document: secret, answers: {}, files: [{ name: secret, content, reading: {} }] };
  const { file, key } = await sealBundle(bundle);
  const sealed = Buffer.from(await file.arrayBuffer());
  expect(sealed.includes(secret)).toBe(false);
  expect(sealed.includes(Buffer.from(key))).toBe(false);
  const again = await sealBundle(bundle);
  expect(Buffer.from(again.key)).not.toEqual(Buffer.from(key));
});

it("refuses every single flipped bit", async () => {
  const { sealed, key } = await sealNoise(600);
  const codes = new Set<string>();
  const flip = async (at: number, bit: number) => {
    const broken = Uint8Array.from(sealed);
    broken[at]! ^= 1 << bit;
    const code = await whyNot(broken, key);
    expect([at, code]).not.toEqual([at, "opened"]);
    codes.add(code);
    return code;
  };
  for (let at = 0; at < sealed.length; ++at) await flip(at, at % 8);
  expect([...codes].toSorted()).toEqual([
    "damaged",
    "newer",
    "not-bundle",
    "truncated",
    "wrong-key",
  ]);
  for (let bit = 0; bit < 8; ++bit) expect(await flip(headerBytes + 3, bit)).toBe("damaged");
});

it("refuses a file that was cut short, at every place", async () => {
  const { sealed, key } = await sealNoise(600);
  for (let length = 0; length < sealed.length; ++length) {
    const expected = length < "PERENNIAL".length ? "not-bundle" : "truncated";
    expect([length, await whyNot(sealed.subarray(0, length), key)]).toEqual([length, expected]);
  }
});

it("refuses chunks that are gone, moved, repeated or added, also where the length was made to fit", async () => {
  const { sealed, key } = await sealNoise();
  const chunks: Uint8Array[] = [];
  for (let at = headerBytes; at < sealed.length; at += sealedChunk)
    chunks.push(sealed.subarray(at, at + sealedChunk));
  expect(chunks.length).toBeGreaterThan(4);
  const whyNotWith = (parts: Uint8Array[]) => {
    const bytes = Buffer.concat([sealed.subarray(0, headerBytes), ...parts]);
    bytes.writeBigUInt64BE(BigInt(bytes.length), headerBytes - 8);
    return whyNot(bytes, key);
  };
  expect(await whyNotWith(chunks)).toBe("opened");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(chunks.length - 1), { maxLength: chunks.length + 2 }),
      async (order) => {
        fc.pre(order.join() !== chunks.map((_, i) => i).join());
        const code = await whyNotWith(order.map((i) => chunks[i]!));
        expect(["damaged", "truncated"]).toContain(code);
      },
    ),
    { numRuns: 150 },
  );
  for (let kept = 0; kept < chunks.length; ++kept)
    expect(await whyNotWith(chunks.slice(0, kept))).toBe("truncated");
});

it("refuses a chunk of another bundle", async () => {
  const [one, other] = [await sealNoise(), await sealNoise()];
  const mixed = Uint8Array.from(one.sealed);
  mixed.set(other.sealed.subarray(headerBytes, headerBytes + sealedChunk), headerBytes);
  expect(await whyNot(mixed, one.key)).toBe("damaged");
});

it("refuses every other key", async () => {
  const { sealed, key } = await sealNoise(10);
  for (let at = 0; at < 256; ++at) {
    const near = Uint8Array.from(key);
    near[at >> 3]! ^= 1 << (at & 7);
    expect(await whyNot(sealed, near)).toBe("wrong-key");
  }
  expect(await whyNot(sealed, newKey())).toBe("wrong-key");
});

it("says of another file that it is none, and of a later one that it is later", async () => {
  const { sealed, key } = await sealNoise(10);
  expect(await whyNot(new TextEncoder().encode("a,b\n1,2\n"), key)).toBe("not-bundle");
  sealed[9] = 2;
  expect(await whyNot(sealed, key)).toBe("newer");
});

it("stops when it is told to", async () => {
  const stopped = AbortSignal.abort();
  const bundle = { document: "", answers: {}, files: [] };
  await expect(sealBundle(bundle, { signal: stopped })).rejects.toThrow(/abort/i);
  const { file, key } = await sealBundle(bundle);
  await expect(openBundle(file, key, { signal: stopped })).rejects.toThrow(/abort/i);
});

it("takes the key from its link, its fragment or alone, and no key that was cut short", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      const fragment = keyFragment(Uint8Array.from(bytes));
      expect(fragment).toMatch(/^#open=[\w-]{43}$/);
      expect(isKeyFragment(fragment)).toBe(true);
      const alone = fragment.slice("#open=".length);
      for (const text of [fragment, alone, ` https://host.example/app/${fragment}\n`])
        expect([...parseKey(text)]).toEqual([...bytes]);
      for (const broken of [alone.slice(0, 42), `${alone}x`, "", alone.replace(/.$/, "B")])
        expect(() => parseKey(broken)).toThrow("43 letters");
    }),
  );
});

it("is what its README says: read with the tools of Node alone", async () => {
  const { sealed, key } = await sealNoise();
  const header = Buffer.from(sealed.subarray(0, 43));
  expect(header.toString("latin1", 0, 9)).toBe("PERENNIAL");
  const derive = (use: string, length: number) =>
    Buffer.from(
      hkdfSync("sha256", key, header.subarray(11, 27), `perennial bundle ${use}`, length),
    );
  expect(derive("check", 16)).toEqual(header.subarray(27, 43));
  expect(Number(Buffer.from(sealed).readBigUInt64BE(43))).toBe(sealed.length);
  const full = 2 ** header[10]! + 16;
  const plainChunks: Buffer[] = [];
  for (let at = 51, number = 0; at < sealed.length; at += full, ++number) {
    const chunk = sealed.subarray(at, at + full);
    const nonce = Buffer.alloc(12);
    nonce.writeUInt32BE(number, 7);
    nonce[11] = at + full >= sealed.length ? 1 : 0;
    const opener = createDecipheriv("aes-256-gcm", derive("key", 32), nonce);
    opener.setAAD(header).setAuthTag(chunk.subarray(-16));
    plainChunks.push(Buffer.concat([opener.update(chunk.subarray(0, -16)), opener.final()]));
  }
  const content = inflateRawSync(Buffer.concat(plainChunks));
  const length = content.readUInt32BE(0);
  const index = JSON.parse(content.toString("utf8", 4, 4 + length)) as Record<string, unknown>;
  expect(index).toEqual({
    document: "# T\n",
    answers: { "date-order": "day-first" },
    files: [{ name: "orders.csv", bytes: 1500, reading: { shape: null } }],
  });
  expect(content.length).toBe(4 + length + 1500);
  const readme = readFileSync(new URL("../../src/bundle/README.md", import.meta.url), "utf8");
  for (const said of ["`#open=`", "perennial bundle key", "perennial bundle check", "PERENNIAL"])
    expect(readme).toContain(said);
});

async function digest(blob: Blob): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return Buffer.from(hash).toString("hex");
}
