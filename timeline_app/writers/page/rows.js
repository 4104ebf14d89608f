// Puts the events of one lane into rows so that no title runs into another; what finds no room is merged into counts.
// All is placed for the coarsest scale of a level of zoom: at the finer scales of the level there is only more room.

const LEVELS_PER_OCTAVE = 2;
const MARK_PX = 12; // an event that is narrower is a mark, else a bar
const TITLE_GAP_PX = 6;
const ROOM_PX = 14; // between what stands side by side
const FEW_EVENTS = 400; // up to which a lane is no crowd
const CELL_PX = 52; // of a count
const WIDEST_TITLE_PX = 300;
const SHORT_TITLE_PX = 180; // of a title that is cut where there is no room for all of it
const LEAST_CUT_TITLE_PX = 56; // of a title that has less room in its bar than it needs

const levelOf = (seconds_per_px) => Math.ceil(Math.log2(seconds_per_px) * LEVELS_PER_OCTAVE - 1e-9);
const coarsestScale = (level) => 2 ** (level / LEVELS_PER_OCTAVE);

const titleWidths = new Map();
const [ruler, weightyRuler] = [400, 600].map((weight) => {
  const made = document.createElement("canvas").getContext("2d");
  made.font = `${weight} 13px ${getComputedStyle(document.body).fontFamily}`;
  return made;
});

/** Gives the width of a whole title as it is drawn. */
function titleWidth({ number, title, importance }) {
  let width_px = titleWidths.get(number);
  if (width_px === undefined) {
    width_px = Math.ceil((importance >= 5 ? weightyRuler : ruler).measureText(title.slice(0, 200)).width) + 2;
    titleWidths.set(number, width_px);
  }
  return width_px;
}

/** Places events in a room of {right_s, widest_px}; gives {singles: [{event, row, isMark, side, title_px}], counts: [{events, middle_s}], rows}. */
function placeInRows(events, level, rowLimit, room) {
  const scale = coarsestScale(level);
  const rows = [];
  const singles = [];
  const left = [];
  const rank = events.length > FEW_EVENTS ? scattered : (event) => event.number;
  const ordered = [...events].sort((one, other) => other.importance - one.importance || rank(one) - rank(other));
  for (const event of ordered) {
    const single = putInRow(rows, rowLimit, waysOf(event, scale, room));
    if (single) singles.push(single);
    else left.push(event);
  }
  return { singles, counts: countsOf(left, scale), rows: rows.length };
}

/** Gives equals of a crowd an order that is spread evenly over time, and is always the same. */
const scattered = (event) => Math.imul(event.number + 1, 0x9e3779b1) >>> 0;

/** Takes the first way to draw an event that has room in a row, or in a new one; null where there is none. */
function putInRow(rows, rowLimit, ways) {
  for (const way of ways) {
    let row = rows.findIndex((taken) => fits(taken, way.from_px, way.to_px));
    if (row < 0 && rows.length < rowLimit) row = rows.push([]) - 1;
    if (row < 0) continue;
    take(rows[row], way.from_px, way.to_px);
    return { ...way, row };
  }
  return null;
}

/** Gives the ways to draw an event at a scale, the best first, each with the stretch that it takes in pixels. */
function waysOf(event, scale, { right_s, widest_px }) {
  const x = (time_s) => (time_s - drawnExtent.first_s) / scale;
  const isMark = x(event.end_s) - x(event.start_s) < MARK_PX;
  const from_px = isMark ? x(event.anchor_s) - MARK_PX / 2 : x(event.start_s);
  const to_px = isMark ? x(event.anchor_s) + MARK_PX / 2 : x(event.end_s);
  const whole_px = Math.min(titleWidth(event), widest_px);
  const inside_px = to_px - from_px - 2 * TITLE_GAP_PX;
  const inside = (title_px) => ({ event, isMark, side: "inside", title_px, from_px, to_px });
  const after = (title_px) => ({ event, isMark, side: "after", title_px, from_px, to_px: to_px + TITLE_GAP_PX + title_px });
  const before = (title_px) => ({ event, isMark, side: "before", title_px, from_px: from_px - TITLE_GAP_PX - title_px, to_px });
  if (!isMark && inside_px >= whole_px) return [inside(whole_px)];
  const sized = [whole_px, Math.min(whole_px, SHORT_TITLE_PX)];
  const ways = sized.flatMap((title_px) => [after(title_px), before(title_px)]);
  const within = ways.filter((way) => way.from_px >= 0 && way.to_px <= x(right_s));
  if (inside_px >= LEAST_CUT_TITLE_PX) within.push(inside(inside_px));
  if (within.length) return within;
  const [before_px, after_px] = [from_px - TITLE_GAP_PX, x(right_s) - to_px - TITLE_GAP_PX];
  const cut_px = clamp(Math.max(before_px, after_px), LEAST_CUT_TITLE_PX, whole_px);
  return [after_px >= before_px ? after(cut_px) : before(cut_px)];
}

/** Finds where among the sorted stretches of a row another would stand. */
function placeAmong(taken, from_px) {
  let low = 0;
  let high = taken.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (taken[middle][0] < from_px) low = middle + 1;
    else high = middle;
  }
  return low;
}

function fits(taken, from_px, to_px) {
  const place = placeAmong(taken, from_px);
  const isFreeBefore = place === 0 || taken[place - 1][1] + ROOM_PX <= from_px;
  return isFreeBefore && (place === taken.length || to_px + ROOM_PX <= taken[place][0]);
}

const take = (taken, from_px, to_px) => taken.splice(placeAmong(taken, from_px), 0, [from_px, to_px]);

/** Merges what found no room into cells of time that stay where they are while one pans. */
function countsOf(events, scale) {
  const cells = new Map();
  for (const event of events) {
    const cell = Math.floor((event.anchor_s - drawnExtent.first_s) / (CELL_PX * scale));
    if (!cells.has(cell)) cells.set(cell, []);
    cells.get(cell).push(event);
  }
  return [...cells].map(([cell, merged]) => ({
    cell,
    events: merged.sort((one, other) => one.number - other.number),
    middle_s: merged.length === 1 ? merged[0].anchor_s : drawnExtent.first_s + (cell + 0.5) * CELL_PX * scale,
  }));
}
