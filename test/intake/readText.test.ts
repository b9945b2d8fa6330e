import { expect, it } from "vitest";
import { readText, WrongEncoding } from "../../src/intake/readText.ts";

const line = "订单号,café,李雷,😀\n";

async function read(bytes: Uint8Array, pieceBytes = bytes.length): Promise<string> {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes)
    pieces.push(bytes.slice(at, at + pieceBytes));
  const file = {
    stream: () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          const piece = pieces.shift();
          if (piece) controller.enqueue(piece);
          else controller.close();
        },
      }),
  } as Blob;
  let text = "";
  for await (const piece of readText(file, { encoding: "utf-8", compression: "none" }))
    text += piece;
  return text;
}

const utf8 = (text: string) => new TextEncoder().encode(text);

it.each([1, 2, 3, 5, 7, 1000])(
  "joins characters that pieces of %i bytes tear apart",
  async (size) => {
    expect(await read(utf8(line.repeat(9)), size)).toBe(line.repeat(9));
  },
);

it.each([1, 2, 3])("takes a file that ends %i bytes into a character", async (bytes) => {
  const whole = utf8(`${line}a,b,c,😀`);
  expect(await read(whole.slice(0, whole.length - 4 + bytes))).toBe(`${line}a,b,c,\uFFFD`);
});

it("keeps UTF-8 with a spoilt byte in it as UTF-8", async () => {
  const bytes = utf8(`${line}a,b,!,d\n${line}`);
  bytes[bytes.indexOf(33)] = 0xff;
  expect(await read(bytes)).toBe(`${line}a,b,\uFFFD,d\n${line}`);
});

it("tells another encoding by what the bytes look like", async () => {
  const bytes = Uint8Array.from("1,Jörg,x\n", (letter) => letter.charCodeAt(0));
  const error = await read(bytes).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(WrongEncoding);
  expect(error).toMatchObject({ encoding: "windows-1252" });
});
