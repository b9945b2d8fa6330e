import * as Plot from "@observablehq/plot";
import { apartTicks } from "./apartTicks.ts";
import type { ChartInput } from "./chart.ts";
import { drawLegend, placeLegend, type LegendItem } from "./legend.ts";
import { colour } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { fitText, textWidth } from "./textWidth.ts";

export interface AxisTicks {
  values: number[];
  labels: string[];
}

export interface FrameSpec {
  /** of the part between the axes, pixels */
  bodyHeight: number;
  /** names of the axes; undefined draws none */
  xLabel?: string;
  yLabel?: string;
  yTicks?: AxisTicks;
  xTicks?: AxisTicks;
  /** lines across the body at the ticks of y (default), of x, or none */
  grid?: "x" | "y" | "none";
  /** room at the left in place of what the labels of y need */
  left?: number;
  right?: number;
  /** room above the body, in place of what the name of y needs */
  headroom?: number;
  /** room below the labels of x, such as for numbers at risk */
  below?: number;
  legend?: LegendItem[];
  /** a quiet line below everything */
  note?: string;
}

export interface Frame {
  width: number;
  height: number;
  top: number;
  left: number;
  right: number;
  bottom: number;
  /** id of the hatch pattern of this drawing */
  hatch: string;
}

const fontSize = 12;
let drawings = 0;

/** Margins computed from the labels, so that none is cut off. */
export function toFrame(input: ChartInput, spec: FrameSpec): Frame {
  const { height: legendHeight } = placeLegend(spec.legend ?? [], input.width);
  const labels = spec.yTicks?.labels ?? [];
  const left =
    spec.left ?? Math.ceil(Math.max(8, ...labels.map((label) => textWidth(label, fontSize) + 10)));
  const lastLabel = spec.xTicks?.labels.at(-1) ?? "";
  const right = spec.right ?? Math.max(10, Math.ceil(textWidth(lastLabel, fontSize) / 2));
  const top = legendHeight + (spec.headroom ?? (spec.yLabel === undefined ? 8 : 26));
  const bottom =
    (spec.xTicks ? 22 : 6) +
    (spec.xLabel === undefined ? 0 : 18) +
    (spec.below ?? 0) +
    (spec.note ? 20 : 0);
  return {
    width: input.width,
    height: top + spec.bodyHeight + bottom,
    top,
    left,
    right,
    bottom,
    hatch: nextHatch(),
  };
}

function nextHatch(): string {
  return `hatch-${++drawings}`;
}

/** The plot in the frame, with grid, axes, legend and names of axes; no style element, which a strict
 * security policy would forbid. */
export function drawFrame(
  input: ChartInput,
  { frame, spec, ...options }: Plot.PlotOptions & { frame: Frame; spec: FrameSpec },
): SVGSVGElement & Plot.Plot {
  const { dark } = input;
  const axes = axisMarks({ ...spec, ...ticksThatFit(frame, spec, options) }, dark);
  const plot = Plot.plot({
    ...options,
    width: frame.width,
    height: frame.height,
    marginTop: frame.top,
    marginLeft: frame.left,
    marginRight: frame.right,
    marginBottom: frame.bottom,
    style: { background: "transparent", color: colour("ink-2", dark), overflow: "visible" },
    x: { axis: null, ...options.x },
    y: { axis: null, ...options.y },
    marks: [...axes, ...(options.marks ?? [])],
  }) as SVGSVGElement & Plot.Plot;
  plot.querySelector("style")?.remove();
  // Plot centres all text by an attribute of the root; what is added here starts at its place.
  for (const child of plot.children) {
    if (!child.hasAttribute("text-anchor")) child.setAttribute("text-anchor", "middle");
  }
  plot.removeAttribute("text-anchor");
  plot.prepend(hatchPattern(frame.hatch, dark));
  setStyle(plot);
  addNames(plot, { input, frame, spec });
  return plot;
}

/** The ticks of both axes without those whose labels would run into each other. */
function ticksThatFit(
  { width, height, top, left, right, bottom }: Frame,
  { xTicks, yTicks }: FrameSpec,
  { x, y, fy }: Plot.PlotOptions,
): Pick<FrameSpec, "xTicks" | "yTicks"> {
  const placed = (axis: Plot.ScaleOptions | undefined, range: [number, number]) => {
    const scale = Plot.scale({ x: { ...axis, range } });
    return (value: number) => Number(scale.apply(value));
  };
  const panels = (fy?.domain as unknown[] | undefined)?.length ?? 1;
  const body = (height - top - bottom) / panels;
  const fitting: Pick<FrameSpec, "xTicks" | "yTicks"> = {};
  if (xTicks)
    fitting.xTicks = apartTicks(xTicks, placed(x, [left, width - right]), (label) =>
      textWidth(label, fontSize),
    );
  if (yTicks) fitting.yTicks = apartTicks(yTicks, placed(y, [0, body]), () => fontSize);
  return fitting;
}

/** A drawing without axes, for charts that Plot has no mark for. */
export function drawBare(input: ChartInput, height: number): SVGSVGElement {
  const { width } = input;
  const svg = svgElement("svg", {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    fill: "currentColor",
  });
  svg.style.color = colour("ink-2", input.dark);
  setStyle(svg);
  return svg;
}

/** The hatch pattern in a drawing without axes; returns its id. */
export function addHatch(svg: SVGSVGElement, dark: boolean): string {
  const hatch = nextHatch();
  svg.prepend(hatchPattern(hatch, dark));
  return hatch;
}

function setStyle(svg: SVGSVGElement): void {
  svg.setAttribute("font-size", String(fontSize));
  svg.style.display = "block";
  svg.style.maxWidth = "100%";
  svg.style.height = "auto";
  svg.style.whiteSpace = "pre";
  svg.style.fontFamily = "inherit";
}

function axisMarks({ xTicks, yTicks, grid = "y" }: FrameSpec, dark: boolean): Plot.Markish[] {
  // `text`, not `tickFormat`: of a logarithmic scale that would leave out some
  const look = { fill: colour("ink-3", dark), fontSize };
  const lines = { stroke: colour("line", dark), strokeOpacity: 1 };
  const marks: Plot.Markish[] = [];
  if (yTicks) {
    const labelOf = new Map(yTicks.values.map((value, i) => [value, yTicks.labels[i] ?? ""]));
    if (grid === "y") marks.push(Plot.gridY(yTicks.values, lines));
    const said = (value: number) => labelOf.get(value) ?? "";
    marks.push(
      Plot.axisY(yTicks.values, { ...look, tickSize: 0, tickPadding: 6, text: said, label: null }),
    );
  }
  if (xTicks) {
    const labelOf = new Map(xTicks.values.map((value, i) => [value, xTicks.labels[i] ?? ""]));
    const said = (value: number) => labelOf.get(value) ?? "";
    if (grid === "x") marks.push(Plot.gridX(xTicks.values, lines));
    const options = { ...look, tickSize: 0, tickPadding: 8, text: said, label: null };
    marks.push(Plot.axisX(xTicks.values, options));
  }
  return marks;
}

function hatchPattern(id: string, dark: boolean): SVGDefsElement {
  const defs = svgElement("defs");
  const pattern = svgElement("pattern", {
    id,
    width: 6,
    height: 6,
    patternUnits: "userSpaceOnUse",
    patternTransform: "rotate(45)",
  });
  pattern.append(
    svgElement("path", {
      d: "M0,0V6",
      stroke: colour("ink-3", dark),
      "stroke-width": 1.6,
      "stroke-opacity": 0.55,
    }),
  );
  defs.append(pattern);
  return defs;
}

function addNames(
  svg: SVGSVGElement,
  { input, frame, spec }: { input: ChartInput; frame: Frame; spec: FrameSpec },
): void {
  const { placed, height } = placeLegend(spec.legend ?? [], input.width);
  if (placed.length > 0) svg.append(drawLegend(placed, { dark: input.dark, hatch: frame.hatch }));
  const ink = { fill: colour("ink-3", input.dark), "font-size": fontSize };
  const { width, height: full } = frame;
  if (spec.yLabel !== undefined) {
    svg.append(
      svgElement("text", { ...ink, x: 0, y: height + 12 }, fitText(spec.yLabel, width, fontSize)),
    );
  }
  const noteHeight = spec.note ? 20 : 0;
  if (spec.xLabel !== undefined) {
    const place = {
      x: width - frame.right,
      y: full - noteHeight - (spec.below ?? 0) - 5,
      "text-anchor": "end",
    };
    svg.append(
      svgElement("text", { ...ink, ...place }, fitText(spec.xLabel, width - frame.right, fontSize)),
    );
  }
  if (spec.note)
    svg.append(
      svgElement("text", { ...ink, x: 0, y: full - 5 }, fitText(spec.note, width, fontSize)),
    );
}
