// The stretch of time that the reader looks at, and what moves it.

const FINEST_S = 0.02; // seconds to a pixel
const WIDEST_TIMES = 4; // the whole of time, how often it may stand in the view
const LEAST_WIDTH_PX = 200;

/** What the page knows of its view; `changed` draws it anew. */
class Sight {
  constructor(lanes) {
    this.lanes = lanes;
    this.view = wholeView(LEAST_WIDTH_PX);
  }

  setView(left_s, seconds_per_px) {
    const widest = ((drawnExtent.last_s - drawnExtent.first_s) * WIDEST_TIMES) / this.view.width_px;
    const scale = clamp(seconds_per_px, FINEST_S, Math.max(widest, FINEST_S));
    const half_s = (this.view.width_px / 2) * scale;
    const middle_s = clamp(left_s + half_s, drawnExtent.first_s, drawnExtent.last_s);
    this.view = new View(middle_s - half_s, scale, this.view.width_px);
    $id("pointed").hidden = true;
    this.changed("view");
  }

  zoomAbout(x_px, factor) {
    const time_s = this.view.left_s + x_px * this.view.seconds_per_px;
    const scale = this.view.seconds_per_px * factor;
    this.setView(time_s - x_px * scale, scale);
  }

  panBy(dx_px) {
    this.setView(this.view.left_s + dx_px * this.view.seconds_per_px, this.view.seconds_per_px);
  }

  zoomTo(first_s, last_s) {
    const view = View.of(first_s, last_s, this.view.width_px, this.view.width_px * 0.2, this.view.width_px * 0.2);
    this.setView(view.left_s, view.seconds_per_px);
  }

  fit() {
    this.view = wholeView(Math.max(this.lanes.clientWidth, LEAST_WIDTH_PX));
    this.changed("view");
  }

  /** Follows a new width: the whole stays the whole, any other stretch keeps its beginning and its scale. */
  resize() {
    if (!this.lanes.clientWidth) return; // behind another tab
    const width_px = Math.max(this.lanes.clientWidth, LEAST_WIDTH_PX);
    if (this.view.width_px !== width_px) {
      if (this.isWhole()) this.fit();
      else this.view = new View(this.view.left_s, this.view.seconds_per_px, width_px);
      this.level = undefined;
    }
    this.changed("view", "overview");
  }

  isWhole() {
    const whole = wholeView(this.view.width_px);
    return Math.abs(whole.left_s - this.view.left_s) < whole.seconds_per_px && Math.abs(whole.seconds_per_px / this.view.seconds_per_px - 1) < 0.001;
  }

  brush_px() {
    const scale = overviewScale($id("overview").clientWidth);
    return [scale.x(this.view.left_s), scale.x(this.view.right_s)];
  }

  /** Moves the ends of the brush that are held by a distance. */
  moveBrush(dx_px, [movesLeft, movesRight]) {
    const moved_s = dx_px * overviewScale($id("overview").clientWidth).seconds_per_px;
    const left_s = this.view.left_s + movesLeft * moved_s;
    const right_s = this.view.right_s + movesRight * moved_s;
    if (right_s > left_s) this.setView(left_s, (right_s - left_s) / this.view.width_px);
  }
}
