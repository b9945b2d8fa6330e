import { strToU8, zipSync } from "fflate";
import type { Zippable } from "fflate";
import { describe, expect, it, vi } from "vitest";
import { inspectFile } from "../../src/intake/inspectFile.ts";
import { IntakeError } from "../../src/intake/intakeError.ts";
import type { IntakeReply, IntakeRequest } from "../../src/intake/intakeMessages.ts";
import { unpack } from "../../src/intake/unpack.ts";
import { unpackArchive } from "../../src/intake/unpackArchive.ts";
import { makeWorkbook } from "./makeWorkbook.ts";

vi.mock("../../src/intake/intake.worker.ts?worker&inline", () => ({ default: class {} }));

const orders = "order_id,customer,ordered_at,amount\n1,ann,2025-01-03,12.00\n";

/** The worker's work in this thread, answering as the real one does. */
function startWorker(): Worker {
  const worker = {
    onmessage: null as ((event: { data: IntakeReply }) => void) | null,
    terminate: () => undefined,
    postMessage: (request: IntakeRequest) => {
      if (request.type !== "unpack") throw new Error(request.type);
      const { id, file, name } = request;
      unpackArchive(file, name).then(
        (files) => worker.onmessage?.({ data: { id, type: "unpacked", files } }),
        (error: IntakeError) =>
          worker.onmessage?.({
            data: { id, type: "failed", code: error.code, args: error.args, message: "" },
          }),
      );
    },
  };
  return worker as unknown as Worker;
}

const open = (file: Blob | Uint8Array, name = "a.zip") =>
  unpack(file instanceof Blob ? file : blobOf(file), name, { startWorker });

function blobOf(bytes: Uint8Array): Blob {
  return new Blob([bytes as Uint8Array<ArrayBuffer>]);
}

function zipOf(files: Zippable): Uint8Array {
  return zipSync(files);
}

const namesIn = async (bytes: Uint8Array) => (await open(bytes)).map(({ name }) => name);

/** Every place where the bytes stand. */
function placesOf(bytes: Uint8Array, wanted: number[]): number[] {
  const starts = [...bytes.keys()];
  return starts.filter((i) => wanted.every((byte, k) => bytes[i + k] === byte));
}

/** The archive with every place of some bytes replaced by as many others. */
function patch(bytes: Uint8Array, from: number[], to: number[]): Uint8Array {
  const copy = bytes.slice();
  for (const at of placesOf(bytes, from)) copy.set(to, at);
  return copy;
}

describe("a plain file", () => {
  it.each([
    ["CSV", strToU8(orders)],
    ["a gzip file", Uint8Array.of(0x1f, 0x8b, 8, 0)],
    ["an empty file", new Uint8Array()],
    ["a text that begins with PK", strToU8("PK,name\n1,2\n")],
  ])("is itself: %s", async (_, bytes) => {
    const file = blobOf(bytes);
    expect(await open(file, "book.zip")).toEqual([{ name: "book.zip", file }]);
    expect((await open(file, "book.zip"))[0]!.file).toBe(file);
  });

  it("may be an old workbook, which is refused later", async () => {
    const ole = blobOf(
      Uint8Array.from({ length: 4096 }, (_, i) => [0xd0, 0xcf, 0x11, 0xe0][i] ?? 0),
    );
    expect(await open(ole, "old.xls")).toEqual([{ name: "old.xls", file: ole }]);
    expect((await inspectFile(ole, "old.xls")).error?.code).toBe("xls");
  });
});

describe("a zip archive", () => {
  it("gives its files, stored or deflated, to the byte", async () => {
    const long = strToU8(orders.repeat(20_000));
    const files = {
      "a.csv": long,
      "sub/b.csv": [strToU8(orders), { level: 0 }],
    } satisfies Zippable;
    const [a, b, ...others] = await open(zipOf(files), "shop.bin");
    expect([a?.name, b?.name, others]).toEqual(["shop.bin/a.csv", "shop.bin/sub/b.csv", []]);
    expect(new Uint8Array(await a!.file.arrayBuffer())).toEqual(long);
    expect(await b!.file.text()).toBe(orders);
  });

  it("leaves out folders and what systems put there for themselves", async () => {
    const csv = strToU8(orders);
    const names = [
      "x/",
      "__MACOSX/._a.csv",
      ".DS_Store",
      "x/.DS_Store",
      "x/~$book.xlsx",
      "Thumbs.db",
    ];
    const files = Object.fromEntries([...names, "x/a.csv"].map((name) => [name, csv]));
    expect(await namesIn(zipOf({ ...files, "x/": new Uint8Array() }))).toEqual(["a.zip/x/a.csv"]);
  });

  it("may stand behind other bytes and have a comment", async () => {
    const zip = zipSync({ "a.csv": strToU8(orders) }, { comment: "made in March" } as never);
    const before = blobOf(new Uint8Array([...zip.slice(0, 4), 1, 2, 3, ...zip]));
    const [a] = await open(before);
    expect(await a!.file.text()).toBe(orders);
  });

  it("may have an archive inside, one level deep", async () => {
    const inner = zipOf({ "c.csv": strToU8(orders) });
    const middle = zipOf({ "b.csv": strToU8(orders), "inner.zip": inner });
    const unpacked = await open(zipOf({ "middle.zip": middle }));
    expect(unpacked.map(({ name }) => name)).toEqual([
      "a.zip/middle.zip/b.csv",
      "a.zip/middle.zip/inner.zip",
    ]);
    expect((await inspectFile(unpacked[1]!.file, "inner.zip")).error?.code).toBe("zip");
  });

  it("may have workbooks inside, also under other names", async () => {
    const book = makeWorkbook({ sheets: { S: [["id"], ["007"]], T: [["x"]] } });
    const bytes = new Uint8Array(await book.arrayBuffer());
    const unpacked = await open(zipOf({ "b.csv": bytes, "in.zip": zipOf({ "c.xls": bytes }) }));
    expect(unpacked.map(({ name }) => name)).toEqual([
      "a.zip/b.csv/S",
      "a.zip/b.csv/T",
      "a.zip/in.zip/c.xls/S",
      "a.zip/in.zip/c.xls/T",
    ]);
    expect(await unpacked[0]!.file.text()).toBe("id\n007\n");
  });

  it("has names in GB18030 where no flag says UTF-8", async () => {
    const gb = [0xb6, 0xa9, 0xb5, 0xa5]; // 订单
    const folder = [0xcc, 0xd4, 0xb1, 0xa6]; // 淘宝
    const zip = zipOf({ "FFFF/OOOO.csv": strToU8(orders) });
    const renamed = patch(patch(zip, [...strToU8("OOOO")], gb), [...strToU8("FFFF")], folder);
    expect(await namesIn(renamed)).toEqual(["a.zip/淘宝/订单.csv"]);
  });

  it("has names in UTF-8, with the flag and without it", async () => {
    const zip = zipOf({ "订单.csv": strToU8(orders) });
    expect(await namesIn(zip)).toEqual(["a.zip/订单.csv"]);
    const flags = placesOf(zip, [0x50, 0x4b, 1, 2]).map((at) => at + 9);
    expect(flags).toHaveLength(1);
    const unmarked = zip.slice();
    for (const at of flags) unmarked[at]! &= ~8;
    expect(unmarked).not.toEqual(zip);
    expect(await namesIn(unmarked)).toEqual(["a.zip/订单.csv"]);
  });

  it("may be in the format for more than 4 GB", async () => {
    const [file] = await open(fromBase64(wideZip));
    expect([file?.name, await file?.file.text()]).toEqual([
      "a.zip/orders.csv",
      "id,total\n1,2.5\n",
    ]);
  });
});

describe("a member that cannot be read", () => {
  const two = zipOf({ "a.csv": [strToU8(orders), { level: 0 }], "b.csv": strToU8(orders) });

  it("is reported, and the others are read", async () => {
    const broken = patch(two, [...strToU8("12.00")], [...strToU8("13.00")]);
    const unpacked = await open(broken);
    expect(unpacked.map(({ name, error }) => [name, error?.code])).toEqual([
      ["a.zip/a.csv", "broken-zip"],
      ["a.zip/b.csv", undefined],
    ]);
    expect(await unpacked[1]!.file.text()).toBe(orders);
  });

  it.each([
    ["has a password", 8, 1, "encrypted-zip"],
    ["is packed in a way no browser knows", 10, 9, "zip-method"],
    ["says another size", 24, 5, "broken-zip"],
  ])("because it %s", async (_, offset, value, code) => {
    const changed = two.slice();
    changed[placesOf(two, [0x50, 0x4b, 1, 2])[0]! + offset] = value;
    expect((await open(changed)).map(({ error }) => error?.code)).toEqual([code, undefined]);
  });

  it("may be a broken or protected workbook", async () => {
    const whole = new Uint8Array(await makeWorkbook({ sheets: { S: [["a"]] } }).arrayBuffer());
    const unpacked = await open(
      zipOf({
        "cut.xlsx": whole.slice(0, 900),
        "locked.xlsx": encryptedBook(),
        "a.csv": strToU8(orders),
      }),
    );
    expect(unpacked.map(({ error }) => error?.code)).toEqual([
      "broken-workbook",
      "encrypted-workbook",
      undefined,
    ]);
  });
});

describe("an archive that cannot be read at all", () => {
  const refusal = async (bytes: Uint8Array) =>
    open(bytes).then(
      () => "read",
      (error: unknown) => (error as IntakeError).code,
    );

  it("is cut off", async () => {
    const zip = zipOf({ "a.csv": strToU8(orders.repeat(100)), "b.csv": strToU8(orders) });
    for (const share of [0.3, 0.6, 0.9, 0.99])
      expect(await refusal(zip.slice(0, zip.length * share))).toBe("broken-zip");
    expect(await refusal(strToU8("PK\u0003\u0004"))).toBe("broken-zip");
  });

  it("is a workbook that is cut off, or the start of one", async () => {
    const book = new Uint8Array(await makeWorkbook({ sheets: { S: [["a"]] } }).arrayBuffer());
    expect(await refusal(book.slice(0, -30))).toBe("broken-workbook");
    expect(await refusal(strToU8("PK\u0003\u0004\u0014\0\u0006\0\u0008\0\0\0!\0"))).toBe(
      "broken-workbook",
    );
  });

  it("has a password, or is a workbook with one", async () => {
    expect(await refusal(fromBase64(lockedZip))).toBe("encrypted-zip");
    expect(await refusal(encryptedBook())).toBe("encrypted-workbook");
  });

  it("has nothing inside", async () => {
    expect(await refusal(zipOf({}))).toBe("empty-archive");
    expect(await refusal(zipOf({ ".DS_Store": strToU8("x") }))).toBe("empty-archive");
  });

  it("has too many files", async () => {
    const names = Array.from({ length: 2001 }, (_, i) => [`${i}.csv`, strToU8("a")] as const);
    expect(await refusal(zipOf(Object.fromEntries(names)))).toBe("too-many-files");
  });

  it("is another kind of document", async () => {
    const files = { mimetype: strToU8("application/vnd.oasis…"), "content.xml": strToU8("<x/>") };
    expect(await refusal(zipOf(files))).toBe("document");
  });

  it("unpacks to hundreds of times its size", async () => {
    const zeros = zipOf({ "a.csv": new Uint8Array(80 * 1024 ** 2) });
    expect(zeros.length).toBeLessThan(200_000);
    expect(await refusal(zeros)).toBe("inflates-too-far");
    expect(await refusal(zipOf({ "in.zip": zeros }))).toBe("inflates-too-far");
  }, 30_000);

  it("says that it unpacks to more than 4 GB", async () => {
    const zip = fromBase64(wideZip);
    const directory = placesOf(zip, [0x50, 0x4b, 1, 2])[0]!;
    const size = placesOf(zip, [1, 0, 8, 0]).find((at) => at > directory)! + 4;
    zip.set([1, 0, 0, 0, 1, 0, 0, 0], size); // 4 GB and a byte
    expect(await refusal(zip)).toBe("inflates-too-far");
  });
});

it("says that a file is unreadable which the browser no longer has", async () => {
  const gone = new Blob([zipOf({ "a.csv": strToU8(orders) }) as Uint8Array<ArrayBuffer>]);
  gone.slice = () => {
    const part = new Blob();
    part.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotFoundError"));
    return part;
  };
  await expect(unpackArchive(gone, "a.zip")).rejects.toMatchObject({ code: "unreadable" });
  await expect(open(gone)).rejects.toMatchObject({ code: "unreadable" });
});

it("stops when it is cancelled", async () => {
  const worker = { postMessage: () => undefined, terminate: vi.fn() };
  const controller = new AbortController();
  const zip = blobOf(zipOf({ "a.csv": strToU8(orders) }));
  const pending = unpack(zip, "a.zip", {
    signal: controller.signal,
    startWorker: () => worker as unknown as Worker,
  });
  setTimeout(() => controller.abort(), 20);
  await expect(pending).rejects.toMatchObject({ name: "IntakeError", code: "cancelled" });
  expect(worker.terminate).toHaveBeenCalledOnce();
});

/** An OLE container with the directory that Excel writes for a workbook with a password. */
function encryptedBook(): Uint8Array {
  const bytes = new Uint8Array(4096);
  const view = new DataView(bytes.buffer);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  view.setUint16(30, 9, true); // sectors of 512 bytes
  view.setUint32(48, 2, true); // the directory is sector 2
  const names = ["Root Entry", "EncryptedPackage", "EncryptionInfo"];
  names.forEach((name, entry) => {
    for (let i = 0; i < name.length; ++i)
      view.setUint16(1536 + entry * 128 + 2 * i, name.charCodeAt(i), true);
  });
  return bytes;
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

// written by Info-ZIP 3.0: `zip -fz` and `zip -P secret`
const wideZip =
  "UEsDBC0AAAAAAMsTdl34R8bN//////////8KADAAb3JkZXJzLmNzdlVUCQADvlMCa75TAmt1eAsAAQQAAAAABAAAAAABABAADwAAAAAAAAAPAAAAAAAAAGlkLHRvdGFsCjEsMi41ClBLAQIeAy0AAAAAAMsTdl34R8bNDwAAAP////8KACQAAAAAAAEAAACkgQAAAABvcmRlcnMuY3N2VVQFAAO+UwJrdXgLAAEEAAAAAAQAAAAAAQAIAA8AAAAAAAAAUEsGBiwAAAAAAAAAHgMtAAAAAAAAAAAAAQAAAAAAAAABAAAAAAAAAFwAAAAAAAAAZwAAAAAAAABQSwYHAAAAAMMAAAAAAAAAAQAAAFBLBQYAAAAAAQABAFwAAAD/////AAA=";
const lockedZip =
  "UEsDBAoACQAAAMsTdl34R8bNGwAAAA8AAAAKABwAb3JkZXJzLmNzdlVUCQADvlMCa75TAmt1eAsAAQQAAAAABAAAAABB5CEPeBMxSrpBJcPYvEyQgXuhqEdZ/ZLclexQSwcI+EfGzRsAAAAPAAAAUEsBAh4DCgAJAAAAyxN2XfhHxs0bAAAADwAAAAoAGAAAAAAAAQAAAKSBAAAAAG9yZGVycy5jc3ZVVAUAA75TAmt1eAsAAQQAAAAABAAAAABQSwUGAAAAAAEAAQBQAAAAbwAAAAAA";
