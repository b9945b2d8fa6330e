import { toSvgBlob } from "./toSvgBlob.ts";

/**
 * The figure as a PNG on white.
 *
 * @param scale pixels of the picture for each of the drawing
 * @throws Error where the figure holds no drawing, or the browser cannot make the picture
 */
export async function toPngBlob(figure: Element, { scale = 2 } = {}): Promise<Blob> {
  const address = URL.createObjectURL(toSvgBlob(figure));
  try {
    const image = await loadImage(address);
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(image.width * scale);
    canvas.height = Math.ceil(image.height * scale);
    const context = canvas.getContext("2d");
    if (!context) throw new Error("missing canvas");
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error("failed picture"))),
        "image/png",
      );
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

function loadImage(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("failed picture; the browser refused the drawing"));
    image.src = address;
  });
}
