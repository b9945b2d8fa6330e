import { Bool, DateMillisecond, Float64, Table, Utf8, vectorFromArray } from "apache-arrow";
import type { ColumnType } from "../../../../src/catalog/query.ts";
import { drawChart } from "../../../../src/charts/draw.ts";
import { toPngBlob } from "../../../../src/charts/toPngBlob.ts";
import { toSvgBlob } from "../../../../src/charts/toSvgBlob.ts";
import { text, type Locale } from "../../../../src/words/words.ts";

export interface Specimen {
  kind: string;
  channels: Record<string, string>;
  /** name, type, values; the label is the name */
  columns: [string, ColumnType, (string | number | boolean | null)[]][];
}

export interface Look {
  width: number;
  dark: boolean;
  locale: Locale;
}

function draw({ kind, channels, columns }: Specimen, { width, dark, locale }: Look): void {
  document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  document.documentElement.lang = locale;
  const figure = drawChart(kind, {
    table: new Table(
      Object.fromEntries(
        columns.map(([name, type, values]) => [name, vectorFromArray(values, toType(type))]),
      ),
    ),
    columns: columns.map(([name, type]) => ({ name, type, label: name })),
    channels,
    title: `The ${kind}`,
    width,
    dark,
    locale,
    currency: "USD",
    params: {},
    word: (key) => text(locale, key),
  });
  document.body.replaceChildren(figure);
}

function toType(type: ColumnType) {
  if (type === "text") return new Utf8();
  if (type === "date") return new DateMillisecond();
  return type === "flag" ? new Bool() : new Float64();
}

/** Texts that stick out of their drawing, by what they say. */
function strays(): string[] {
  const svg = document.querySelector("svg");
  if (!svg) return ["no drawing"];
  const { left, right, top, bottom } = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")]
    .filter((element) => {
      const box = element.getBoundingClientRect();
      const isOut = box.left < left - 1 || box.right > right + 1;
      return box.width > 0 && (isOut || box.top < top - 1 || box.bottom > bottom + 1);
    })
    .map((element) => element.textContent);
}

async function exported(how: "svg" | "png"): Promise<number[]> {
  const figure = document.querySelector("figure");
  if (!figure) throw new Error("missing figure");
  const blob = how === "svg" ? toSvgBlob(figure) : await toPngBlob(figure);
  return [...new Uint8Array(await blob.arrayBuffer())];
}

/** What the tests of the charts call in the page. */
const harness = { draw, strays, exported };

export type ChartHarness = typeof harness;

Object.assign(window, { harness });
