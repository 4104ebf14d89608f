// The strip below the timeline: how many events lie when, and the stretch that the view shows.

const BIN_PX = 4;
const OVERVIEW_PX = 56;
const LEAST_BRUSH_PX = 6;

/** Gives the view of all time on the overview. */
const overviewScale = (width_px) => View.of(drawnExtent.first_s, drawnExtent.last_s, width_px, 16, 16);

/** Counts events by their middle in bins of BIN_PX. */
function bins(events, scale) {
  const counts = new Array(Math.ceil(scale.width_px / BIN_PX)).fill(0);
  for (const event of events) counts[clamp(Math.floor(scale.x(event.anchor_s) / BIN_PX), 0, counts.length - 1)] += 1;
  return counts;
}

/** Writes bars as a path; a bar of one event is never too low to be seen. */
function barsPath(counts, most) {
  return counts
    .map((count, bin) => {
      if (!count) return "";
      const height_px = Math.max((count / most) * (OVERVIEW_PX - 6), 2);
      return `M${bin * BIN_PX} ${OVERVIEW_PX}v${-round(height_px)}h${BIN_PX - 1}v${round(height_px)}z`;
    })
    .join("");
}

function drawOverview(overview, passing, hits) {
  const width_px = overview.clientWidth;
  if (!width_px) return;
  const scale = overviewScale(width_px);
  const [all, through, found] = overview.querySelectorAll("path");
  const counts = bins(data.events, scale);
  const most = Math.max(...counts, 1);
  all.setAttribute("d", barsPath(counts, most));
  through.setAttribute("d", barsPath(bins(passing, scale), most));
  found.setAttribute("d", bins(hits, scale).map((count, bin) => (count ? `M${bin * BIN_PX} 0h${BIN_PX - 1}v5h${1 - BIN_PX}z` : "")).join(""));
  const labels = yearOrFinerTicks(scale).map((tick) => {
    const label = element("span", { textContent: tick.label });
    label.style.left = `${round(scale.x(tick.time_s))}px`;
    return label;
  });
  $id("years").replaceChildren(...labels);
}

/** Gives ticks that name the year: years, or for a shorter time the greater unit, which has the year in it. */
function yearOrFinerTicks(scale) {
  return axisTicks(scale).major.filter((tick) => tick.label);
}

function drawBrush(brush, view, width_px) {
  const scale = overviewScale(width_px);
  const left_px = clamp(scale.x(view.left_s), 0, width_px);
  const right_px = clamp(scale.x(view.right_s), 0, width_px);
  const brush_px = Math.max(right_px - left_px, LEAST_BRUSH_PX);
  setStyle(brush, "transform", `translateX(${round(Math.min(left_px, width_px - brush_px))}px)`);
  setStyle(brush, "width", `${round(brush_px)}px`);
}
