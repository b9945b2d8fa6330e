import { colour, sequentialColour, sequentialSteps } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { fitText, textWidth } from "./textWidth.ts";

export interface LegendItem {
  label: string;
  /** none: what the items after it are */
  mark:
    | "none"
    | "square"
    | "line"
    | "bar"
    | "dash"
    | "dot"
    | "hollow"
    | "hatch"
    | "faded"
    | "ramp"
    | "fadedRamp";
  /** any CSS colour; ink where absent */
  colour?: string;
}

export interface PlacedItem {
  item: LegendItem;
  x: number;
  /** middle of its row */
  y: number;
  label: string;
}

const fontSize = 12;
const rowHeight = 20;
const gap = 16;

/** Steps of the sequential colours that stand for all in a legend. */
const fadedSteps = [2, 4, 6];

/** of a mark with a small base */
export const fadedOpacity = 0.35;

/** Items from left to right, broken into rows; the height is 0 where there are none. */
export function placeLegend(
  items: LegendItem[],
  width: number,
): { height: number; placed: PlacedItem[] } {
  const placed: PlacedItem[] = [];
  let x = 0;
  let row = 0;
  for (const item of items) {
    const mark = markRoom(item);
    const label = fitText(item.label, Math.min(260, width - mark), fontSize);
    const wide = mark + textWidth(label, fontSize);
    if (x > 0 && x + wide > width) {
      x = 0;
      ++row;
    }
    placed.push({ item, label, x, y: row * rowHeight + rowHeight / 2 });
    x += wide + gap;
  }
  return { height: items.length === 0 ? 0 : (row + 1) * rowHeight + 6, placed };
}

/** @param hatch the id of the hatch pattern in the same drawing */
export function drawLegend(
  placed: PlacedItem[],
  { dark, hatch }: { dark: boolean; hatch: string },
): SVGGElement {
  const group = svgElement("g", {
    "aria-hidden": "true",
    "font-size": fontSize,
    fill: colour("ink-2", dark),
  });
  for (const { item, x, y, label } of placed) {
    const ink = item.colour ?? colour("ink-2", dark);
    for (const mark of marksOf(item, { x, y, ink, dark, hatch })) group.append(mark);
    group.append(svgElement("text", { x: x + markRoom(item), y, dy: "0.35em" }, label));
  }
  return group;
}

/** with what is between it and its label */
function markRoom(item: LegendItem): number {
  return item.mark === "none" ? 0 : markWidth(item) + 6;
}

function markWidth({ mark }: LegendItem): number {
  if (mark === "ramp") return sequentialSteps * 12;
  if (mark === "fadedRamp") return fadedSteps.length * 12;
  return mark === "line" || mark === "bar" || mark === "dash" ? 18 : 12;
}

interface Place {
  x: number;
  y: number;
  ink: string;
  dark: boolean;
  hatch: string;
}

function marksOf({ mark }: LegendItem, { x, y, ink, dark, hatch }: Place): SVGElement[] {
  const box = { x, y: y - 5.5, width: 11, height: 11, rx: 2 };
  switch (mark) {
    case "ramp":
      return Array.from({ length: sequentialSteps }, (_, i) =>
        svgElement("rect", {
          ...box,
          x: x + i * 12,
          width: 12,
          rx: 0,
          fill: sequentialColour(i + 1, dark),
        }),
      );
    case "fadedRamp":
      return fadedSteps.map((step, i) =>
        svgElement("rect", {
          ...box,
          x: x + i * 12,
          width: 12,
          rx: 0,
          fill: sequentialColour(step, dark),
          "fill-opacity": fadedOpacity,
        }),
      );
    case "none":
      return [];
    case "bar":
      return [svgElement("rect", { x, y: y - 2.5, width: 18, height: 5, fill: ink })];
    case "line":
    case "dash": {
      const dashes = mark === "dash" ? "4,3" : undefined;
      return [
        svgElement("path", {
          d: `M${x},${y}h18`,
          stroke: ink,
          "stroke-width": 2,
          "stroke-dasharray": dashes,
        }),
      ];
    }
    case "dot":
      return [svgElement("circle", { cx: x + 6, cy: y, r: 4, fill: ink })];
    case "hollow":
      return [
        svgElement("circle", {
          cx: x + 6,
          cy: y,
          r: 3.5,
          fill: "none",
          stroke: ink,
          "stroke-width": 1.5,
        }),
      ];
    case "hatch":
      return [
        svgElement("rect", { ...box, fill: ink, "fill-opacity": 0.25 }),
        svgElement("rect", {
          ...box,
          fill: `url(#${hatch})`,
          stroke: colour("line-strong", dark),
          "stroke-width": 0.5,
        }),
      ];
    case "faded":
      return [svgElement("rect", { ...box, fill: ink, "fill-opacity": fadedOpacity })];
    case "square":
      return [svgElement("rect", { ...box, fill: ink })];
  }
}
