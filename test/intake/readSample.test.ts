import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeHead } from "../../src/intake/readSample.ts";
import { guessEncoding } from "../../src/intake/encodings.ts";
import { fixture } from "./stageFile.ts";

// names that a manifest gives an encoding, and the decoder's label for it
const labels: Record<string, string> = {
  cp1252: "windows-1252",
  "iso-8859-1": "windows-1252",
  "utf-16-le": "utf-16le",
};

const manifest = JSON.parse(
  readFileSync(new URL("fixtures/samples/MANIFEST.json", import.meta.url), "utf8"),
) as { files: { file: string; encoding: string; bom: boolean }[] };

describe("the encoding of an export", () => {
  it.each(manifest.files)("$file is $encoding", async ({ file, encoding, bom }) => {
    const bytes = new Uint8Array(await fixture(`samples/${file}`).arrayBuffer());
    const sample = await decodeHead(bytes);
    expect(sample.encoding).toBe(labels[encoding] ?? encoding);
    expect(sample.bomLength > 0).toBe(bom);
    expect(sample.head.startsWith("\ufeff")).toBe(false);
  });

  it.each([
    [
      "big5",
      "ad71b3e6bd73b8b92cad71b3e6a4e9b4c12cb77cadfbbd73b8b92cb9eaa549aaf7c3422cb0d3ab7ea657bad90a313030312c323032342d30312d30352c4130312c3132302cb0aaa473aff9b8adc2a7b2b00a",
      "訂單編號,訂單日期,會員編號,實付金額,商品名稱",
    ],
    [
      "shift_jis",
      "928d95b694d48d862c928d95b693fa2c89ef88f594d48d862c8e7895a58be08a7a2c8fa4956996bc0a313030312c323032342d30312d30352c4130312c313230302c938c8b9e82ce82c882c820d0d9b896a10a",
      "注文番号,注文日,会員番号,支払金額,商品名",
    ],
    [
      "euc-kr",
      "c1d6b9aeb9f8c8a32cc1d6b9aec0cf2cc8b8bff82cb0e1c1a6b1ddbed72cbbf3c7b0b8ed0a313030312c323032342d30312d30352cb1e8b9cebcf62c31323030302cc1a6c1d620b0a8b1d620c1d6bdba20bcbcc6ae0a",
      "주문번호,주문일,회원,결제금액,상품명",
    ],
    [
      "gb18030",
      "b6a9b5a5bac52cc8d5c6da2cbdf0b6ee0a313030312c323032342d30312d30352c31300a",
      "订单号,日期,金额",
    ],
    ["windows-1252", "6f726465722069642c6e616d650a312c4af672670a322c426af6726e0a", "order id,name"],
  ])("%s is told from the others", async (encoding, hex, header) => {
    const sample = await decodeHead(Buffer.from(hex, "hex"));
    expect(sample.encoding).toBe(encoding);
    expect(sample.head.split("\n")[0]).toBe(header);
  });

  it("does not read Jörg as Han, though GB18030 decodes the bytes", () => {
    const bytes = Buffer.from("customer,amount\nJ\xf6rg M\xfcller,10\nBj\xf6rn,20\n", "latin1");
    expect(() => new TextDecoder("gb18030", { fatal: true }).decode(bytes)).not.toThrow();
    expect(guessEncoding([bytes]).encoding).toBe("windows-1252");
  });

  it("finds UTF-16 without a byte order mark, both ways round", async () => {
    const little = Buffer.from("订单号,日期,金额\n1001,2024-01-05,10.00\n", "utf16le");
    expect((await decodeHead(little)).encoding).toBe("utf-16le");
    const big = Buffer.from(little).swap16();
    const sample = await decodeHead(big);
    expect(sample.encoding).toBe("utf-16be");
    expect(sample.head).toContain("订单号,日期,金额");
  });

  it("sees bytes beyond the head: one accented name far down decides", async () => {
    const row = "1,2024-01-05,ann,10.00\n";
    const text = `id,date,name,total\n${row.repeat(30_000)}2,2024-01-06,Zo\xeb,1.00\n`;
    expect((await decodeHead(Buffer.from(text, "latin1"))).encoding).toBe("windows-1252");
  });

  it("inflates gzip by its content, whatever the file is called", async () => {
    const sample = await decodeHead(gzipSync("id,date\n1,2024-01-05\n"));
    expect(sample).toMatchObject({ compression: "gzip", encoding: "utf-8", whole: true });
    expect(sample.head).toBe("id,date\n1,2024-01-05\n");
  });
});

describe("what is no text", () => {
  it.each([
    ["empty", ""],
    ["empty", "  \n\r\n"],
    ["html", "<!DOCTYPE html><html><body>Please sign in</body></html>"],
    ["html", "\n<table><tr><td>1</td></tr></table>"],
    ["json", '[{"id": 1}]'],
    ["pdf", "%PDF-1.7 x"],
    ["zip", "PK\u0003\u0004 somewhere"],
    ["image", "GIF89a"],
  ])("is refused as %s", async (code, text) => {
    await expect(decodeHead(new TextEncoder().encode(text))).rejects.toMatchObject({ code });
  });

  it("tells a workbook from an archive", async () => {
    const bytes = new TextEncoder().encode("PK\u0003\u0004....[Content_Types].xml....");
    await expect(decodeHead(bytes)).rejects.toMatchObject({ code: "xlsx" });
    const bytes97 = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]);
    await expect(decodeHead(bytes97)).rejects.toMatchObject({ code: "xls" });
  });
});
