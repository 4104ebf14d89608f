// Draws lanes for a view into elements, which are kept from one picture to the next.

const MOST_OF_LANES_PX = 200; // beyond the view, above and below, that is drawn as well

/** A stretch of time on so many pixels. */
class View {
  constructor(left_s, seconds_per_px, width_px) {
    Object.assign(this, { left_s, seconds_per_px, width_px, margin_px: 60 });
  }

  get right_s() {
    return this.left_s + this.width_px * this.seconds_per_px;
  }

  get middle_s() {
    return this.left_s + (this.width_px * this.seconds_per_px) / 2;
  }

  x(time_s) {
    return (time_s - this.left_s) / this.seconds_per_px;
  }

  /** Gives the view of a stretch with a margin left and right, in pixels. */
  static of(first_s, last_s, width_px, before_px = 24, behind_px = 24) {
    const seconds_per_px = Math.max((last_s - first_s) / Math.max(width_px - before_px - behind_px, 40), 0.02);
    return new View(first_s - before_px * seconds_per_px, seconds_per_px, width_px);
  }
}

/** Gives the view of everything. */
const wholeView = (width_px) => View.of(drawnExtent.first_s, drawnExtent.last_s, width_px);

/** The lanes of a timeline in their elements: one on the screen, one on paper. */
class TimelinePicture {
  constructor(axis, grid, ground) {
    Object.assign(this, { axis, grid, ground, lanes: [], made: new Map() });
    this.line = element("i", { className: "anchor-line", hidden: true });
    ground.append(this.line);
  }

  /** Takes up lanes as `layOut` gives them; their elements are made anew. */
  setLanes(lanes) {
    for (const lane of this.lanes) lane.element.remove();
    this.made.clear();
    this.lanes = lanes.map((lane) => {
      const head = element("div", { className: "lane-head" }, wordsElement("b", "", lane.title), ` · ${counted(lane.events.length)}`);
      const made = element("div", { className: `lane ${lane.colour}` }, head);
      made.style.height = `${lane.height_px}px`;
      this.ground.append(made);
      return { ...lane, element: made };
    });
    this.height_px = lanes.reduce((sum, lane) => sum + lane.height_px, 0);
  }

  /** Draws what a view shows of the lanes between two heights; `dress` is called with each element and its events. */
  draw(view, top_px, bottom_px, dress) {
    this.drawAxis(view);
    const kept = new Set();
    for (const [number, lane] of this.lanes.entries()) {
      if (lane.top_px > bottom_px || lane.top_px + lane.height_px < top_px) continue;
      for (const single of lane.singles) this.drawSingle(lane, number, single, view, dress, kept);
      for (const count of lane.counts) this.drawCount(lane, number, count, view, dress, kept);
    }
    for (const [key, made] of this.made) {
      if (kept.has(key)) continue;
      made.remove();
      this.made.delete(key);
    }
  }

  drawSingle(lane, number, single, view, dress, kept) {
    const { event, title_px } = single;
    const reach_px = title_px + view.margin_px;
    if (view.x(event.end_s) < -reach_px || view.x(event.start_s) > view.width_px + reach_px) return;
    const key = `${number}:${event.number}`;
    kept.add(key);
    const made = this.keep(key, lane, () => singleElement(single));
    dressSingle(made, single, view, LANE_HEAD_PX + single.row * ROW_PX);
    dress(made, [event]);
  }

  drawCount(lane, number, count, view, dress, kept) {
    const x_px = view.x(count.middle_s);
    if (x_px < -view.margin_px || x_px > view.width_px + view.margin_px) return;
    const top_px = LANE_HEAD_PX + lane.rows * ROW_PX + 2;
    if (count.events.length === 1) {
      const single = { event: count.events[0], isMark: true, side: "alone", title_px: 0 };
      const key = `${number}:${single.event.number}`;
      kept.add(key);
      dressSingle(this.keep(key, lane, () => singleElement(single)), single, view, top_px);
      dress(this.made.get(key), count.events);
      return;
    }
    const key = `${number}:count ${count.cell}`;
    kept.add(key);
    const made = this.keep(key, lane, () => {
      const disc = element("div", { className: "count", textContent: counted(count.events.length) });
      disc.dataset.lane = number;
      disc.dataset.cell = count.cell;
      return disc;
    });
    setStyle(made, "transform", `translate(${round(x_px)}px, ${top_px}px) translateX(-50%)`);
    dress(made, count.events);
  }

  keep(key, lane, make) {
    if (!this.made.has(key)) {
      const made = make();
      lane.element.append(made);
      this.made.set(key, made);
    }
    return this.made.get(key);
  }

  drawAxis(view) {
    const { minor, major } = axisTicks(view);
    const lineOf = (className) => (tick) => {
      if (tick.isHeld) return null;
      const line = element("i", { className });
      line.style.left = `${round(view.x(tick.time_s))}px`;
      return line;
    };
    const labelOf = (className) => (tick) => {
      if (!tick.label) return null;
      const label = element("span", { className, textContent: tick.label });
      label.style.left = `${round(Math.max(view.x(tick.time_s), 0))}px`;
      return label;
    };
    const isThere = (made) => made !== null;
    const marks = [...minor.map(lineOf("stroke")), ...major.map(lineOf("stroke greater"))];
    this.axis.replaceChildren(...[...marks, ...major.map(labelOf("greater")), ...minor.map(labelOf("lesser"))].filter(isThere));
    this.grid.replaceChildren(...[...minor.map(lineOf("line")), ...major.map(lineOf("line greater"))].filter(isThere));
  }

  /** Draws the dashed line through all lanes at the time of an event. */
  drawLine(view, event) {
    this.line.hidden = !event;
    if (event) setStyle(this.line, "transform", `translateX(${round(view.x(event.anchor_s))}px)`);
  }

  /** Says how many of some events stand by themselves in a view, are merged in each of their lanes, or lie outside. */
  tally(view, events) {
    const alone = new Set();
    for (const lane of this.lanes) {
      for (const { event } of lane.singles) alone.add(event);
      for (const count of lane.counts) if (count.events.length === 1) alone.add(count.events[0]);
    }
    const tally = { shown: 0, merged: 0, outside: 0 };
    for (const event of events) {
      if (event.end_s < view.left_s || event.start_s > view.right_s) tally.outside += 1;
      else if (alone.has(event)) tally.shown += 1;
      else tally.merged += 1;
    }
    return tally;
  }
}
