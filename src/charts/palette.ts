/** Fallbacks of the page's colours; the light ones are also those of an exported picture. */
export const lightColours = {
  ink: "#17241d",
  "ink-2": "#47564d",
  "ink-3": "#66746b",
  line: "#dbe3da",
  "line-strong": "#b7c4b8",
  surface: "#ffffff",
  accent: "#1d6b4c",
  "series-1": "#1d6b4c",
  "series-2": "#c8612b",
  "series-3": "#3f6fa8",
  "series-4": "#8b4a7d",
  "series-5": "#a67f14",
  "series-6": "#2a8a8f",
  "series-7": "#7a5a43",
  "series-8": "#6b766f",
  "sequential-1": "#edf4ec",
  "sequential-2": "#cfe4d1",
  "sequential-3": "#a5cdae",
  "sequential-4": "#74b08b",
  "sequential-5": "#459069",
  "sequential-6": "#23704f",
  "sequential-7": "#0f4a35",
  "sequential-ink-low": "#08110c",
  "sequential-ink-middle": "#08110c",
  "sequential-ink-high": "#ffffff",
};

export type ColourName = keyof typeof lightColours;

export const darkColours: Record<ColourName, string> = {
  ink: "#e6ede7",
  "ink-2": "#b3c0b7",
  "ink-3": "#8f9d94",
  line: "#28352e",
  "line-strong": "#44554b",
  surface: "#151e1a",
  accent: "#7cc49c",
  "series-1": "#7cc49c",
  "series-2": "#ea9263",
  "series-3": "#86b0e0",
  "series-4": "#cf97c2",
  "series-5": "#d9b858",
  "series-6": "#6cc4c6",
  "series-7": "#bf9f85",
  "series-8": "#9aa69f",
  "sequential-1": "#1b2722",
  "sequential-2": "#1f3d31",
  "sequential-3": "#265a44",
  "sequential-4": "#35785b",
  "sequential-5": "#519a77",
  "sequential-6": "#80bd99",
  "sequential-7": "#bbe3c6",
  "sequential-ink-low": "#f1f6f2",
  "sequential-ink-middle": "#08110c",
  "sequential-ink-high": "#08110c",
};

export const seriesColours = 8;
export const sequentialSteps = 7;

/** The page's custom property, and what stands in where the page has none. */
export function colour(name: ColourName, dark: boolean): string {
  return `var(--${name}, ${(dark ? darkColours : lightColours)[name]})`;
}

/** @param i counted from 0; beyond the colours there are, a quiet grey */
export function seriesColour(i: number, dark: boolean): string {
  return colour(i < seriesColours ? (`series-${i + 1}` as ColourName) : "line-strong", dark);
}

/** @param band counted from 0, from what is well to what is not */
export function bandColour(band: number, dark: boolean): string {
  const names: ColourName[] = ["series-1", "series-5", "series-2"];
  return colour(names[band] ?? "series-8", dark);
}

/** @param share of the scale, 0 to 1, clamped; returns the step of the sequential colours, 1 to 7 */
export function sequentialStep(share: number): number {
  const step = 1 + Math.floor(share * sequentialSteps);
  return Math.max(1, Math.min(sequentialSteps, Number.isNaN(step) ? 1 : step));
}

/** @param step 1 to 7; a half lies between two */
export function sequentialColour(step: number, dark: boolean): string {
  const [from, to] = [Math.floor(step), Math.ceil(step)].map((whole) =>
    colour(`sequential-${whole}` as ColourName, dark),
  ) as [string, string];
  return from === to ? from : `color-mix(in srgb, ${from}, ${to})`;
}

/** The ink that is legible on a step of the sequential colours. */
export function sequentialInk(step: number, dark: boolean): string {
  if (step > 4 && step <= 5) return colour("sequential-ink-middle", dark);
  return colour(step <= 4 ? "sequential-ink-low" : "sequential-ink-high", dark);
}

/** Every custom property in the text by its light colour, for pictures that stand alone on white. */
export function toLightColours(text: string): string {
  const plain = text.replace(
    /var\(--([\w-]+)(?:,\s*([^()]*))?\)/g,
    (whole, name: string, other?: string) =>
      Object.hasOwn(lightColours, name) ? lightColours[name as ColourName] : (other ?? whole),
  );
  // programs other than browsers know no mixed colours
  return plain.replace(
    /color-mix\(in srgb, #([\da-f]{6}), #([\da-f]{6})\)/gi,
    (_, from: string, to: string) => middleColour(from, to),
  );
}

function middleColour(from: string, to: string): string {
  const parts = [0, 2, 4].map((at) => {
    const [a, b] = [from, to].map((hex) => Number.parseInt(hex.slice(at, at + 2), 16));
    return Math.round(((a as number) + (b as number)) / 2);
  });
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
