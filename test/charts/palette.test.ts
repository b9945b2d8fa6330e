import { describe, expect, it } from "vitest";
import {
  colour,
  darkColours,
  lightColours,
  sequentialColour,
  sequentialInk,
  sequentialStep,
  seriesColour,
  toLightColours,
  type ColourName,
} from "../../src/charts/palette.ts";

describe.each([
  ["light", lightColours, false],
  ["dark", darkColours, true],
] as const)("%s colours", (_, colours, dark) => {
  it("show every series on the surface (WCAG 1.4.11, 3 to 1)", () => {
    for (let i = 1; i <= 8; ++i) {
      expect(contrast(colours[`series-${i}` as ColourName], colours.surface)).toBeGreaterThan(3);
    }
  });

  it("let text be read on the surface (WCAG 1.4.3, 4.5 to 1)", () => {
    for (const ink of ["ink", "ink-2", "ink-3"] as const) {
      expect(contrast(colours[ink], colours.surface)).toBeGreaterThan(4.5);
    }
  });

  it("let values be read on every step of the sequential colours", () => {
    for (let step = 1; step <= 7; ++step) {
      const ink = fallbackOf(sequentialInk(step, dark));
      expect(contrast(ink, colours[`sequential-${step}` as ColourName])).toBeGreaterThan(4.5);
    }
  });

  it("let names be read on what lies between two steps", () => {
    for (let step = 3; step <= 7; step += 0.5) {
      const ink = fallbackOf(sequentialInk(step, dark));
      const mixed = toLightColours(
        sequentialColour(step, dark).replace(/var\([^,]+, (#\w+)\)/g, "$1"),
      );
      expect(contrast(ink, mixed)).toBeGreaterThan(4.5);
    }
  });

  it("grow stronger with every step", () => {
    const steps = [1, 2, 3, 4, 5, 6, 7].map((step) =>
      contrast(colours[`sequential-${step}` as ColourName], colours.surface),
    );
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });
});

it("gives the page's custom property before the fallback", () => {
  expect(colour("ink", true)).toBe("var(--ink, #e6ede7)");
  expect(seriesColour(0, false)).toBe("var(--series-1, #1d6b4c)");
  expect(seriesColour(8, false)).toBe(colour("line-strong", false));
});

it("puts a share on seven steps", () => {
  expect([-1, 0, 0.2, 0.5, 0.99, 1, 7, Number.NaN].map(sequentialStep)).toEqual([
    1, 1, 2, 4, 7, 7, 7, 1,
  ]);
});

it("takes the light colours into a picture, whatever the page's are", () => {
  expect(toLightColours(colour("ink", true))).toBe("#17241d");
  expect(toLightColours(sequentialColour(3.5, true))).toBe("#8dbf9d");
  expect(toLightColours("1px var(--series-2) var(--unknown, #123456)")).toBe("1px #c8612b #123456");
});

function fallbackOf(value: string): string {
  return /#[0-9a-f]{6}/.exec(value)?.[0] ?? "";
}

function contrast(a: string, b: string): number {
  const [dim, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
