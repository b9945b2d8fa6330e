import type { ChartInput, Drawing, Spot } from "./chart.ts";
import { nearestSpot, nextSpot } from "./spots.ts";
import { colour } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { textWidth, wrapText } from "./textWidth.ts";

const fontSize = 12;
const lineHeight = 17;
const padding = 9;

/**
 * Shows the figures of the spot under the pointer, the finger or the arrow keys, inside the drawing, and
 * says them to a screen reader. Escape hides the tip; a click, a second tap or Enter opens its row, where
 * somebody waits for that.
 */
export function attachTips(
  { svg, spots, reach = [1, 1], find }: Drawing,
  { input, said }: { input: ChartInput; said: HTMLElement },
): Tips {
  const { dark, onPick } = input;
  if (spots.length === 0) return { shown: () => undefined, hide: () => undefined };
  const layer = svgElement("g", { class: "tip", "pointer-events": "none", "aria-hidden": "true" });
  svg.append(layer);
  // a step along a line comes before one to another line
  const stops = spots.map(({ x, y, stop }) =>
    stop ? { x: stop[0], y: 1000 * stop[1] } : { x, y },
  );
  let shown: number | undefined;

  function show(i: number | undefined, { aloud = false } = {}): void {
    if (i === shown) return;
    shown = i;
    const spot = i === undefined ? undefined : spots[i];
    const lines =
      spot && isOpenable(spot) ? [...spot.lines, input.word("chart.pick")] : spot?.lines;
    layer.replaceChildren(...(spot && lines ? tipMarks({ ...spot, lines }, { svg, dark }) : []));
    said.textContent = lines && aloud ? lines.join(", ") : "";
    svg.style.cursor = spot && isOpenable(spot) ? "pointer" : "";
  }

  const isOpenable = ({ row }: Spot) => onPick !== undefined && row !== undefined;

  function pick(): void {
    const row = shown === undefined ? undefined : spots[shown]?.row;
    if (row !== undefined) onPick?.(row);
  }

  function point(event: PointerEvent): void {
    const matrix = svg.getScreenCTM()?.inverse();
    if (!matrix) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    show(find ? find({ x, y }) : nearestSpot(spots, { x, y, reach }));
  }

  svg.addEventListener("pointermove", point);
  // a finger's first tap shows what a mouse shows by pointing
  let before: number | undefined;
  svg.addEventListener("pointerdown", (event) => {
    before = shown;
    point(event);
    if (event.pointerType === "mouse") before = shown;
  });
  svg.addEventListener("click", () => {
    if (before === shown) pick();
  });
  // a finger that is lifted leaves as well: what it tapped stays until it taps elsewhere, or scrolls
  svg.addEventListener("pointerleave", ({ pointerType }) => {
    if (pointerType !== "touch") show(undefined);
  });
  svg.addEventListener("pointercancel", () => show(undefined));
  svg.addEventListener("blur", () => show(undefined));
  svg.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown !== undefined) {
      event.stopPropagation();
      return show(undefined);
    }
    if (event.key === "Enter" || event.key === " ") {
      if (shown === undefined || onPick === undefined) return;
      event.preventDefault();
      return pick();
    }
    const next = nextSpot(stops, shown, event.key);
    if (next === undefined) return;
    event.preventDefault();
    show(next, { aloud: true });
  });
  return {
    shown: () => (shown === undefined ? undefined : spots[shown]),
    hide: () => show(undefined),
  };
}

/** The tip of a drawing. */
export interface Tips {
  shown: () => Spot | undefined;
  hide: () => void;
}

function tipMarks(spot: Spot, { svg, dark }: { svg: SVGSVGElement; dark: boolean }): SVGElement[] {
  const [width, height] = [Number(svg.getAttribute("width")), Number(svg.getAttribute("height"))];
  const room = Math.min(300, width - 2 * padding - 8);
  const lines = spot.lines.flatMap((line, i) =>
    wrapText(line, room, fontSize).map((text) => ({ text, isName: i === 0 })),
  );
  const wide = Math.max(...lines.map(({ text }) => textWidth(text, fontSize) * 1.04)) + 2 * padding;
  const high = lines.length * lineHeight + 2 * padding - 4;
  const x = Math.max(1, Math.min(width - wide - 1, spot.x - wide / 2));
  const isAbove = spot.y - high - 12 >= 0;
  const y = isAbove ? spot.y - high - 12 : Math.max(1, Math.min(height - high - 1, spot.y + 14));
  const box = { x, y, width: wide, height: high, rx: 5 };
  const text = svgElement("text", { fill: colour("ink", dark), "font-size": fontSize });
  lines.forEach((line, i) => {
    const place = {
      x: x + padding,
      y: y + padding + lineHeight * i + 11,
      "font-weight": line.isName ? 600 : 400,
    };
    text.append(svgElement("tspan", place, line.text));
  });
  const frame = svgElement("rect", {
    ...box,
    fill: colour("surface", dark),
    stroke: colour("line-strong", dark),
  });
  const shade = svgElement("rect", { ...box, y: y + 2, fill: "#000", "fill-opacity": 0.12 });
  return [markOf(spot, dark), shade, frame, text];
}

function markOf(spot: Spot, dark: boolean): SVGElement {
  const look = { fill: "none", stroke: colour("ink", dark), "stroke-width": 1.5 };
  if (spot.outline !== undefined) {
    const fill = spot.ink ?? colour("ink", dark);
    const edge = { ...look, fill, "fill-opacity": 0.6, "stroke-width": 1 };
    return svgElement("path", { ...edge, d: spot.outline, "stroke-linejoin": "round" });
  }
  if (!spot.box) return svgElement("circle", { ...look, cx: spot.x, cy: spot.y, r: 5 });
  const [x, y, width, height] = spot.box;
  return svgElement("rect", {
    ...look,
    x,
    y,
    width: Math.max(1, width),
    height: Math.max(1, height),
    rx: 2,
  });
}
