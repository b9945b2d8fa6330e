import type { DayAxis } from "./dayAxis.ts";
import { colour } from "./palette.ts";
import { svgElement } from "./svgElement.ts";

/** First and last place of a range on an axis, in the order in which they were chosen. */
export type Span = readonly [number, number];

/**
 * A band over the chosen places of an axis; what is not chosen lies in the shade.
 *
 * @returns shows a range, or none
 */
export function brushBand(
  svg: SVGSVGElement,
  { direction, body, places }: DayAxis,
  dark: boolean,
): (span: Span | undefined) => void {
  const [left, top, width, height] = body;
  const layer = svgElement("g", { class: "band", "pointer-events": "none", "aria-hidden": "true" });
  if (direction === "x") svg.style.touchAction = "pan-y";
  svg.append(layer);
  // the page's own, white in a picture
  const shade = { fill: "var(--paper, #ffffff)", "fill-opacity": 0.72 };
  const ink = colour("accent", dark);
  const edge = { fill: ink, "fill-opacity": 0.1, stroke: ink, "stroke-width": 1.5, rx: 2 };
  const boxOf = (from: number, to: number) =>
    direction === "x"
      ? { x: from, y: top, width: Math.max(0, to - from), height }
      : { x: left, y: from, width, height: Math.max(0, to - from) };
  const [start, end] = direction === "x" ? [left, left + width] : [top, top + height];
  return (span) => {
    if (!span) return layer.replaceChildren();
    const from = Math.max(start, places[Math.min(...span)]!.from);
    const to = Math.min(end, places[Math.max(...span)]!.to);
    layer.replaceChildren(
      svgElement("rect", { ...boxOf(start, from), ...shade }),
      svgElement("rect", { ...boxOf(to, end), ...shade }),
      svgElement("rect", { ...boxOf(from, to), ...edge }),
    );
  };
}
