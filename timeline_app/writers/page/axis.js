// Where the axis has its ticks and what stands at them, from seconds to billions of years, always with the year.

// Unit, how many of it, their length in seconds, the room a label takes, and the greater unit named above.
const AXIS_STEPS = [
  ["second", 1, 1, 72, "minute"], ["second", 5, 5, 72, "minute"], ["second", 15, 15, 72, "minute"],
  ["minute", 1, 60, 46, "day"], ["minute", 5, 300, 46, "day"], ["minute", 15, 900, 46, "day"],
  ["hour", 1, 3600, 46, "day"], ["hour", 3, 10800, 46, "day"], ["hour", 6, 21600, 46, "day"],
  ["day", 1, DAY_S, 24, "month"], ["week", 1, 7 * DAY_S, 28, "month"],
  ["month", 1, 2629746, 36, "year"], ["month", 3, 7889238, 36, "year"],
];
const FIXED_S = { second: 1, minute: 60, hour: 3600, day: DAY_S };
const LABEL_CHARACTER_PX = 7.5;
const LABEL_GAP_PX = 10;

/** Gives the ticks of a view as {time_s, label, major}; minor ones below, major ones above with the year. */
function axisTicks(view) {
  const step = AXIS_STEPS.find(([, , seconds, room_px]) => seconds / view.seconds_per_px >= room_px);
  if (!step) return { minor: [], major: yearTicks(view) };
  const [unit, count, , , above] = step;
  const minor = starts(view, unit, count).map((time_s) => ({ time_s, label: tickLabel(time_s, unit) }));
  const major = starts(view, above, 1, true).map((time_s) => ({ time_s, label: greaterLabel(time_s, above) }));
  return { minor: withRoom(view, minor), major: withRoom(view, held(view, major)) };
}

function starts(view, unit, count, alsoBefore = false) {
  const found = [];
  for (let time_s = floorTo(view.left_s, unit, count); time_s <= view.right_s; time_s = nextStart(time_s, unit, count)) {
    if (alsoBefore || time_s >= view.left_s) found.push(time_s);
  }
  return found;
}

function floorTo(time_s, unit, count) {
  if (unit in FIXED_S) {
    const size_s = FIXED_S[unit] * count;
    return Math.floor(time_s / size_s) * size_s;
  }
  if (unit === "week") return (Math.floor((time_s / DAY_S + 3) / 7) * 7 - 3) * DAY_S;
  const { year, month } = civilFromSeconds(time_s);
  return unit === "year" ? secondsFromCivil(year) : secondsFromCivil(year, Math.floor((month - 1) / count) * count + 1);
}

function nextStart(time_s, unit, count) {
  if (unit in FIXED_S) return time_s + FIXED_S[unit] * count;
  if (unit === "week") return time_s + 7 * DAY_S;
  const { year, month } = civilFromSeconds(time_s);
  if (unit === "year") return secondsFromCivil(year + 1);
  return month + count > 12 ? secondsFromCivil(year + 1, month + count - 12) : secondsFromCivil(year, month + count);
}

function tickLabel(time_s, unit) {
  const civil = civilFromSeconds(time_s);
  if (unit === "second") return clockWords(civil, true);
  if (unit === "minute" || unit === "hour") return clockWords(civil);
  return unit === "month" ? MONTHS[civil.month - 1].slice(0, 3) : String(civil.day);
}

function greaterLabel(time_s, unit) {
  const civil = civilFromSeconds(time_s);
  if (unit === "minute") return `${dayWords(civil)}, ${clockWords(civil)}`;
  if (unit === "day") return dayWords(civil);
  return unit === "month" ? `${MONTHS[civil.month - 1]} ${yearWords(civil.year)}` : yearWords(civil.year);
}

function yearTicks(view) {
  const first = civilFromSeconds(view.left_s).year;
  const last = civilFromSeconds(view.right_s).year;
  const room_px = (years) => {
    const widest = Math.max(...[first, last].map((year) => labelRoom(yearWords(tickYear(Math.floor(year / years) * years, years)))));
    return Math.max(50, widest);
  };
  let years = 1;
  for (let power = 1; years * YEAR_S / view.seconds_per_px < room_px(years);) {
    years = years === power ? 2 * power : years === 2 * power ? 5 * power : (power *= 10);
  }
  const ticks = [];
  for (let year = Math.floor(first / years) * years; year <= last; year += years) {
    const time_s = secondsFromCivil(tickYear(year, years));
    if (time_s >= view.left_s && time_s <= view.right_s) ticks.push({ time_s, label: yearWords(tickYear(year, years)) });
  }
  if (!ticks.length) ticks.push({ time_s: view.left_s, label: yearWords(first), isHeld: true });
  return withRoom(view, ticks);
}

/** Gives the astronomical year of a tick: 50 BC is -49, but 13,000 BC is meant as the round figure -13000. */
function tickYear(year, years) {
  return year > 0 || years === 1 || (year < -10000 && years >= 1000) ? year : year + 1;
}

const labelRoom = (label) => label.length * LABEL_CHARACTER_PX + LABEL_GAP_PX;

/** Holds the greater unit that began before the view at its left edge, while there is room. */
function held(view, ticks) {
  if (!ticks.length || ticks[0].time_s >= view.left_s) return ticks;
  const next_px = ticks.length > 1 ? view.x(ticks[1].time_s) : Infinity;
  if (next_px < labelRoom(ticks[0].label)) return ticks.slice(1);
  return [{ ...ticks[0], time_s: view.left_s, isHeld: true }, ...ticks.slice(1)];
}

/** Takes away the labels that would run into the one before, or out of the view. */
function withRoom(view, ticks) {
  let free_px = -Infinity;
  return ticks.map((tick) => {
    const x_px = view.x(tick.time_s);
    const isCut = !tick.isHeld && x_px + labelRoom(tick.label) - LABEL_GAP_PX > view.width_px;
    if (x_px < free_px || isCut) return { ...tick, label: "" };
    free_px = x_px + labelRoom(tick.label);
    return tick;
  });
}
