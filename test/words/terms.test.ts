import { expect, it } from "vitest";
import { formatText } from "../../src/words/words.ts";
import { zhHant } from "../../src/words/zhHant.ts";
import { readQueries } from "../queries/readQueries.ts";

it("uses the terms of Taiwan in Traditional Chinese: 列 for a row, 成長, 營收", () => {
  const said = readQueries("analyses").flatMap((query) =>
    [
      query.title,
      query.question,
      query.definition,
      query.sentence,
      ...[...query.columns, ...query.params].flatMap(({ label, note }) => [label, note]),
      ...Object.values(query.values),
    ].map((one) => one["zh-Hant"] ?? ""),
  );
  const mainland = /收入|增長|(?:一|每|行數|的)行(?![銷動為榜業])|\} 行/;
  const apart = /第 \{line\} 行|另有 \{count\} 行/; // lines of text
  const words = Object.values(zhHant).filter((word) => !apart.test(word));
  expect([...said, ...words].filter((text) => mainland.test(text))).toEqual([]);
});

it("calls a platform what the reader's language calls it", () => {
  expect(formatText("en", "platform", "企业微信")).toBe("WeCom");
  expect(formatText("zh-Hant", "platform", "淘宝/天猫")).toBe("淘寶/天貓");
  expect(formatText("zh-Hans", "platform", "有赞 商品")).toBe("有赞 商品");
  expect(formatText("zh-Hant", "platform", "Shopify")).toBe("Shopify");
});
