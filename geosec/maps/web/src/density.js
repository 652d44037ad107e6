/* Density: how many incidents each bin of the window has, in shades of one colour. */
import { BIN } from "./clusters.js";

const SHADES = [0, 0.24, 0.38, 0.52, 0.66].map((share) => Math.round(255 * share));

/** Draws bins as the pixels of a small picture, and the picture as large as the window. */
export class Density {
  constructor() {
    this.canvas = document.createElement("canvas");
    /** @type {ImageData|null} */
    this.image = null;
  }

  /**
   * One ramp, from little to much: which types they are, the rings tell.
   * @param {CanvasRenderingContext2D} brush
   * @param {ReturnType<typeof import("./clusters.js").countBins>} bins
   * @param {string} colour
   */
  draw(brush, { across, down, counts, most }, colour) {
    const { canvas } = this, picture = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    if (!this.image || canvas.width !== across || canvas.height !== down) {
      canvas.width = across;
      canvas.height = down;
      this.image = picture.createImageData(across, down);
    }
    const { data } = this.image, tops = [0, 0.25, 0.5, 0.75].map((share) => (most + 1) ** share - 1);
    for (let bin = 0; bin < counts.length; bin++) {
      const count = counts[bin];
      let shade = 0;
      while (shade < 4 && count > tops[shade]) shade++;
      data[4 * bin + 3] = SHADES[shade];
    }
    picture.putImageData(this.image, 0, 0);
    picture.globalCompositeOperation = "source-in";
    picture.fillStyle = colour;
    picture.fillRect(0, 0, across, down);
    picture.globalCompositeOperation = "source-over";
    brush.imageSmoothingEnabled = false;
    brush.drawImage(canvas, 0, 0, across * BIN, down * BIN);
  }
}
