import type { ChartInput, Drawing } from "./chart.ts";
import { drawBare } from "./frame.ts";
import { colour } from "./palette.ts";
import { svgElement } from "./svgElement.ts";

/** A calm note where there is nothing to draw. */
export function drawEmpty(input: ChartInput): Drawing {
  const height = 120;
  const svg = drawBare(input, height);
  const { width } = input;
  const look = {
    fill: "none",
    stroke: colour("line-strong", input.dark),
    "stroke-dasharray": "4,4",
    rx: 8,
  };
  svg.append(svgElement("rect", { ...look, x: 0.5, y: 0.5, width: width - 1, height: height - 1 }));
  const place = { x: width / 2, y: height / 2, dy: "0.35em", "text-anchor": "middle" };
  svg.append(
    svgElement("text", { ...place, fill: colour("ink-3", input.dark) }, input.word("chart.empty")),
  );
  return { svg, spots: [] };
}
