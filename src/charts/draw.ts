import { drawBars } from "./bars.ts";
import { drawBinmap } from "./binmap.ts";
import { faultsOf } from "./channels.ts";
import type { ChartInput, Drawing } from "./chart.ts";
import { drawDots } from "./dots.ts";
import { drawEmpty } from "./empty.ts";
import { drawFlow } from "./flow.ts";
import { drawFunnel } from "./funnel.ts";
import { drawHeatmap } from "./heatmap.ts";
import { hasFigures } from "./hasFigures.ts";
import { drawHistogram } from "./histogram.ts";
import { drawLayers } from "./layers.ts";
import { drawLines } from "./lines.ts";
import { drawLorenz } from "./lorenz.ts";
import { drawScatter } from "./scatter.ts";
import { drawSegments } from "./segments.ts";
import { drawStack } from "./stack.ts";
import { drawSteps } from "./steps.ts";
import { drawTiles } from "./tiles.ts";
import { toFigure } from "./toFigure.ts";
import { drawTornado } from "./tornado.ts";
import { drawTracks } from "./tracks.ts";
import { drawWaterfall } from "./waterfall.ts";

/** A chart file takes rows (at least one of them with figures) and gives a drawing. */
const kinds: Record<string, (input: ChartInput) => Drawing> = {
  bars: drawBars,
  binmap: drawBinmap,
  dots: drawDots,
  flow: drawFlow,
  funnel: drawFunnel,
  heatmap: drawHeatmap,
  histogram: drawHistogram,
  layers: drawLayers,
  lines: drawLines,
  lorenz: drawLorenz,
  scatter: drawScatter,
  segments: drawSegments,
  stack: drawStack,
  steps: drawSteps,
  tiles: drawTiles,
  tornado: drawTornado,
  tracks: drawTracks,
  waterfall: drawWaterfall,
};

/**
 * A figure with its tips, ready for the page. `table` draws nothing: an empty, hidden figure.
 *
 * @throws Error for an unknown kind, a channel that is missing or unknown, and a column that the table has not
 */
export function drawChart(kind: string, input: ChartInput): HTMLElement {
  const [fault] = faultsOf(kind, input.channels);
  if (fault !== undefined) throw new Error(fault);
  const draw = kinds[kind];
  if (!draw) return Object.assign(document.createElement("figure"), { hidden: true });
  return toFigure(input, hasFigures(kind, input) ? draw(input) : drawEmpty(input));
}
