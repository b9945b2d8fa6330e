import { lightColours, toLightColours } from "./palette.ts";
import { svgElement } from "./svgElement.ts";
import { wrapText } from "./textWidth.ts";

const margin = 16;
const titleSize = 16;
const fonts =
  '-apple-system, "Segoe UI", "Helvetica Neue", "Liberation Sans", Arial, "PingFang SC", "PingFang TC", "Microsoft YaHei", "Microsoft JhengHei", "Noto Sans CJK SC", system-ui, sans-serif';

/**
 * The figure as an SVG file that stands alone: titled, on white, in the light colours, without a style
 * sheet or a custom property.
 *
 * @throws Error where the figure holds no drawing
 */
export function toSvgBlob(figure: Element): Blob {
  return new Blob([new XMLSerializer().serializeToString(toPicture(figure))], {
    type: "image/svg+xml",
  });
}

/** @throws Error where the figure holds no drawing */
function toPicture(figure: Element): SVGSVGElement {
  const drawing = figure instanceof SVGSVGElement ? figure : figure.querySelector("svg");
  if (!drawing) throw new Error("missing drawing");
  const [width, height] = [
    Number(drawing.getAttribute("width")),
    Number(drawing.getAttribute("height")),
  ];
  const title = drawing.dataset["title"] ?? "";
  const lines = title === "" ? [] : wrapText(title, width, titleSize);
  const top = lines.length * (titleSize + 6) + (lines.length > 0 ? 8 : 0);
  const [fullWidth, fullHeight] = [width + 2 * margin, height + top + 2 * margin];
  const picture = svgElement("svg", {
    width: fullWidth,
    height: fullHeight,
    viewBox: `0 0 ${fullWidth} ${fullHeight}`,
    "font-family": fonts,
    "font-size": 12,
  });
  picture.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns", "http://www.w3.org/2000/svg");
  picture.append(svgElement("title", {}, title));
  picture.append(
    svgElement("rect", { width: fullWidth, height: fullHeight, fill: lightColours.surface }),
  );
  lines.forEach((line, i) => {
    const place = { x: margin, y: margin + titleSize + i * (titleSize + 6) };
    picture.append(
      svgElement(
        "text",
        { ...place, "font-size": titleSize, "font-weight": 600, fill: lightColours.ink },
        line,
      ),
    );
  });
  const body = svgElement("g", {
    transform: `translate(${margin},${margin + top})`,
    color: lightColours["ink-2"],
    fill: "currentColor",
  });
  for (const child of drawing.children) body.append(child.cloneNode(true));
  picture.append(body);
  clean(body);
  return picture;
}

/** No tips, no style attributes, no custom properties. */
function clean(body: SVGGElement): void {
  for (const tip of body.querySelectorAll(".tip")) tip.remove();
  for (const element of body.querySelectorAll("*")) {
    element.removeAttribute("style");
    element.removeAttribute("class");
    if (element instanceof SVGTextElement) element.setAttribute("xml:space", "preserve");
    for (const { name, value } of element.attributes) {
      if (value.includes("var(")) element.setAttribute(name, toLightColours(value));
    }
  }
}
