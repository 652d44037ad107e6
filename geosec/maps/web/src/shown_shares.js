/* The shares of the incidents that are shown. */
import { Sampler, Shares } from "./shares.js";

export class ShownShares {
  /**
   * @param {import("./payload.js").Payload} payload
   * @param {import("./store.js").Store} store
   * @param {import("./palette.js").Palette} palette
   * @param {import("./footprints.js").Footprints} footprints
   */
  constructor(payload, store, palette, footprints) {
    this.payload = payload;
    this.store = store;
    this.palette = palette;
    this.sampler = new Sampler(footprints);
    this.scores = payload.columns.has("match_score") ? payload.plane("match_score") : null;
    /** All draws, once they are wanted. @type {Shares|null} */
    this.shares = null;
    this.changes = -1;
  }

  /** The score of a row, 0 to 1, 1 where it has none. @param {number} row */
  scoreOf(row) {
    const score = this.scores?.at(row) ?? NaN;
    return Number.isNaN(score) ? 1 : Math.max(0, Math.min(1, score));
  }

  /** Count them, where what is shown has changed. */
  count() {
    const { store, palette } = this;
    this.shares ??= new Shares(this.payload, this.sampler);
    if (this.changes !== store.changes) this.shares.count(store.failed, palette.ofRow, palette.entries.length, (row) => this.scoreOf(row));
    this.changes = store.changes;
    return this.shares;
  }
}
