import { fillWord, type Locale } from "../words/words.ts";
import type { ChartInput, Drawing } from "./chart.ts";
import { DayBrush } from "./brush.ts";
import { attachTips } from "./tips.ts";

/** The drawing as a figure: named for a screen reader, reachable by keyboard, with tips. */
export function toFigure(input: ChartInput, drawing: Drawing): HTMLElement {
  const { svg, spots } = drawing;
  const said = document.createElement("div");
  said.setAttribute("aria-live", "polite");
  hide(said);
  // an image has one name; the marks keep theirs for scripts and styles
  for (const mark of svg.querySelectorAll<SVGElement>("[aria-label]")) {
    mark.dataset["mark"] = mark.getAttribute("aria-label") ?? "";
    mark.removeAttribute("aria-label");
  }
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", summaryOf(input, drawing));
  svg.dataset["title"] = input.title;
  if (spots.length > 0) svg.setAttribute("tabindex", "0");
  const tips = attachTips(drawing, { input, said });
  if (drawing.axis && input.brush)
    void new DayBrush(drawing.svg, drawing.axis, { input, brush: input.brush, tips, said });
  const figure = document.createElement("figure");
  figure.style.margin = "0";
  figure.style.position = "relative";
  figure.append(svg, said);
  return figure;
}

function summaryOf({ title, word, locale }: ChartInput, { spots, axis }: Drawing): string {
  if (spots.length === 0) return `${title}. ${word("chart.empty")}`;
  const fill = (key: string, values: Record<string, string | number>) =>
    fillWord(locale as Locale, word(key), values);
  const say = (spot = spots[0]) => (spot?.lines ?? []).join(", ");
  const parts = [
    fill("chart.summary", { title, count: spots.length }),
    fill("chart.first", { value: say() }),
  ];
  if (spots.length > 1) parts.push(fill("chart.last", { value: say(spots.at(-1)) }));
  return [...parts, word("chart.keys"), ...(axis ? [word("brush.keys")] : [])].join(" ");
}

function hide(element: HTMLElement): void {
  Object.assign(element.style, {
    position: "absolute",
    width: "1px",
    height: "1px",
    overflow: "hidden",
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
  });
}
