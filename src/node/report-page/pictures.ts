/** Paints the pixels that each canvas brings along. */
export function drawPictures(): void {
  for (const canvas of document.querySelectorAll<HTMLCanvasElement>("canvas[data-pixels]")) {
    const { width, height, dataset } = canvas;
    const channels = Number(dataset.channels);
    const bytes = Uint8Array.from(atob(dataset.pixels ?? ""), (letter) => letter.charCodeAt(0));
    const image = new ImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++) image.data[4 * i + c] = bytes[channels * i + (channels === 3 ? c : 0)];
      image.data[4 * i + 3] = 255;
    }
    canvas.getContext("2d")?.putImageData(image, 0, 0);
  }
}
