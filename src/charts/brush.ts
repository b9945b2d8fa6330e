import { formatDate, type Locale } from "../words/words.ts";
import { brushBand, type Span } from "./brushBand.ts";
import type { BrushInput, ChartInput, DayRange } from "./chart.ts";
import { nearestPlace, spanOf, type DayAxis } from "./dayAxis.ts";
import { tell } from "./tell.ts";
import type { Tips } from "./tips.ts";

/** Below this many pixels a press is a click. */
const leastDrag = 5;
/** How near, in pixels, an end of the range is taken hold of. */
const grip = 6;

/** The event that tells a drawing of the range that it is to show, as its detail; null for none. */
export const rangeEvent = "dayrange";

interface Place {
  x: number;
  y: number;
  isIn: boolean;
  isName: boolean;
}

interface Around {
  input: ChartInput;
  brush: BrushInput;
  tips: Tips;
  /** what is said to a screen reader */
  said: HTMLElement;
}

/**
 * Lets the reader choose a range of days along an axis: by dragging with a mouse or a pen over the drawing,
 * with a finger along the names of lines or across the figure, or with Shift and the arrows, where Enter
 * ends and Escape gives up.
 */
export class DayBrush {
  readonly #svg: SVGSVGElement;
  readonly #axis: DayAxis;
  readonly #around: Around;
  readonly #show: (span: Span | undefined) => void;
  /** what stands */
  #settled: Span | undefined;
  /** what is being chosen */
  #chosen: { span: Span; by: "pointer" | "keys" } | undefined;
  #pressed: { anchor: number; at: number; pointer: number } | undefined;

  constructor(svg: SVGSVGElement, axis: DayAxis, around: Around) {
    [this.#svg, this.#axis, this.#around] = [svg, axis, around];
    svg.style.userSelect = "none";
    this.#show = brushBand(svg, axis, around.input.dark);
    // before the tip hears of it
    const first = { capture: true };
    for (const near of ["pointerenter", "focus"])
      svg.addEventListener(near, () => around.brush.onNear());
    svg.addEventListener("pointerdown", (event) => this.#press(event));
    // a finger on the names of lines draws; elsewhere it scrolls the page
    svg.addEventListener("touchstart", (event) => this.#hold(event), { passive: false });
    svg.addEventListener("pointermove", (event) => this.#drag(event), first);
    svg.addEventListener("pointerup", () => this.#let());
    svg.addEventListener("pointercancel", () => this.#cancel("pointer"));
    svg.addEventListener("blur", () => this.#cancel("keys"));
    svg.addEventListener("click", (event) => this.#click(event));
    svg.addEventListener("keydown", (event) => this.#key(event), first);
    svg.addEventListener(rangeEvent, (event) => {
      this.#settled = spanOf(axis, (event as CustomEvent<DayRange | null>).detail);
      this.#redraw();
    });
  }

  #redraw(): void {
    this.#show(this.#chosen?.span ?? this.#settled);
  }

  #rangeOf(span: Span): DayRange {
    const { places } = this.#axis;
    return { from: places[Math.min(...span)]!.first, to: places[Math.max(...span)]!.last };
  }

  #say(range: DayRange | undefined): void {
    const { input, said } = this.#around;
    said.textContent = range ? sayRange(input, this.#axis, range) : "";
  }

  #move([anchor, head]: Span, by: "pointer" | "keys"): void {
    const span: Span = this.#axis.meaning === "until" ? [0, head] : [anchor, head];
    if (this.#chosen && String(this.#chosen.span) === String(span)) return;
    this.#chosen = { span, by };
    this.#around.tips.hide();
    this.#redraw();
    const range = this.#rangeOf(span);
    if (by === "keys") this.#say(range);
    this.#around.brush.onMove(range);
  }

  #end(): void {
    if (!this.#chosen) return;
    this.#settled = this.#chosen.span;
    this.#chosen = undefined;
    this.#redraw();
    const range = this.#rangeOf(this.#settled);
    this.#say(range);
    this.#around.brush.onEnd(range);
  }

  #cancel(by: "pointer" | "keys"): void {
    this.#pressed = undefined;
    if (this.#chosen?.by !== by) return;
    this.#chosen = undefined;
    this.#redraw();
    this.#say(undefined);
    this.#around.brush.onCancel();
  }

  /** in pixels of the drawing; in the figure, or among the names of its lines */
  #placeOf({ clientX, clientY }: { clientX: number; clientY: number }): Place {
    const [left, top, width, height] = this.#axis.body;
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(
      this.#svg.getScreenCTM()?.inverse(),
    );
    const isBeside = y >= top && y <= top + height;
    return { x, y, isIn: isBeside && x >= left && x <= left + width, isName: isBeside && x < left };
  }

  #hold(event: TouchEvent): void {
    const [finger, other] = event.touches;
    const isAlone = finger !== undefined && other === undefined;
    if (this.#axis.direction === "y" && isAlone && this.#placeOf(finger).isName)
      event.preventDefault();
  }

  #press(event: PointerEvent): void {
    if (!event.isPrimary || event.button !== 0) return;
    const { direction, places } = this.#axis;
    const { isIn, isName, ...place } = this.#placeOf(event);
    if (event.pointerType === "touch" && !(direction === "y" ? isName : isIn)) return;
    // the ring is for who comes by keyboard
    this.#svg.style.outline = "none";
    const at = place[direction];
    const [low, high] = this.#settled ? [...this.#settled].sort((a, b) => a - b) : [];
    const isNear = (edge: number | undefined) => edge !== undefined && Math.abs(edge - at) <= grip;
    let anchor = nearestPlace(this.#axis, at);
    if (isNear(places[low ?? -1]?.from)) anchor = high!;
    else if (isNear(places[high ?? -1]?.to)) anchor = low!;
    this.#pressed = { anchor, at, pointer: event.pointerId };
  }

  #drag(event: PointerEvent): void {
    if (this.#pressed?.pointer !== event.pointerId) return;
    const at = this.#placeOf(event)[this.#axis.direction];
    if (!this.#chosen && Math.abs(at - this.#pressed.at) < leastDrag) return;
    event.stopImmediatePropagation();
    this.#svg.setPointerCapture(event.pointerId);
    this.#move([this.#pressed.anchor, nearestPlace(this.#axis, at)], "pointer");
  }

  #let(): void {
    this.#pressed = undefined;
    if (this.#chosen?.by !== "pointer") return;
    // the click that follows opens nothing
    const stop = (click: Event) => click.stopImmediatePropagation();
    this.#svg.addEventListener("click", stop, { capture: true });
    setTimeout(() => this.#svg.removeEventListener("click", stop, { capture: true }));
    this.#end();
  }

  /** Beside the figure it takes the range back; on it, it opens the value that is pointed at. */
  #click(event: MouseEvent): void {
    if (this.#settled && !this.#placeOf(event).isIn) this.#around.brush.onClear();
  }

  #key(event: KeyboardEvent): void {
    this.#svg.style.outline = "";
    const act = this.#actOf(event);
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }

  #actOf({ key, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent): (() => void) | undefined {
    if (ctrlKey || altKey || metaKey) return undefined;
    if (key === "Enter" && this.#chosen?.by === "keys") return () => this.#end();
    if (key === "Escape" && this.#chosen) return () => this.#cancel(this.#chosen!.by);
    if (key === "Escape" && this.#settled) return () => this.#around.brush.onClear();
    const [back, on] =
      this.#axis.direction === "x" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    if (!shiftKey || (key !== back && key !== on)) return undefined;
    return () => this.#move(this.#extended(key === on ? 1 : -1), "keys");
  }

  /** The first step takes the place of the value that is shown, each further one the next place. */
  #extended(step: 1 | -1): Span {
    const { direction, places } = this.#axis;
    const span = this.#chosen?.span ?? this.#settled;
    if (span) return [span[0], Math.max(0, Math.min(places.length - 1, span[1] + step))];
    const spot = this.#around.tips.shown();
    const start = spot ? nearestPlace(this.#axis, spot[direction]) : 0;
    return [start, start];
  }
}

/** What a range says, in the reader's language. */
function sayRange(
  input: Pick<ChartInput, "word" | "locale">,
  { meaning }: Pick<DayAxis, "meaning">,
  { from, to }: DayRange,
): string {
  const day = (iso: string) => formatDate(input.locale as Locale, iso);
  return tell(input as ChartInput, `brush.${meaning}`, { from: day(from), to: day(to) });
}
