// Sorts what passes into lanes, the chosen actors before all and then the fullest; every event stands in one at least.

const ROW_PX = 23;
const LANE_HEAD_PX = 24;
const COUNT_ROW_PX = 28;
const LANE_FOOT_PX = 8;
const ROWS_OF_FEW = 40;
const ROWS_OF_MANY = 9;
const ROWS_OF_ONE_LANE = 24;

/** Gives what lanes can stand for: only what the events have. */
const groupings = () => ["actor", "type", "none"].filter((grouping) => grouping === "none" || data.events.some((event) => (grouping === "actor" ? event.actors : event.type)));

const usualGrouping = () => groupings()[0];

/** Groups events into lanes of {title, colour, events}. */
function lanesOf(events, wanted, grouping) {
  if (grouping === "type") return lanesByName(events, (event) => event.type ?? "");
  if (grouping === "none") return [{ title: "All events", colour: "accent", events }].filter((lane) => lane.events.length);
  const counts = new Array(data.actors.length).fill(0);
  for (const event of events) for (const actor of event.actorSet) counts[actor] += 1;
  const chosen = [...wanted.actors].flatMap((actor) => [actor, ...(data.actors[actor].parts ?? [])]);
  const order = counts.map((_, actor) => actor).sort((one, other) => chosen.includes(other) - chosen.includes(one) || counts[other] - counts[one] || one - other);
  const named = order.filter((actor) => counts[actor]).slice(0, data.lanes.limit);
  const lanes = named.map((actor) => ({
    title: data.actors[actor].name,
    colour: `actor-${data.actors[actor].colour}`,
    events: events.filter((event) => event.actorSet.has(actor)),
  }));
  return withOthers(lanes, events);
}

function lanesByName(events, nameOf) {
  const groups = new Map();
  for (const event of events) {
    const name = nameOf(event);
    if (name && !groups.has(name)) groups.set(name, []);
    if (name) groups.get(name).push(event);
  }
  const fullest = [...groups].sort(([, one], [, other]) => other.length - one.length).slice(0, data.lanes.limit);
  const lanes = fullest.map(([name, own], number) => ({
    title: name.charAt(0).toUpperCase() + name.slice(1),
    colour: `actor-${number % 10}`,
    events: own,
  }));
  return withOthers(lanes, events);
}

function withOthers(lanes, events) {
  const placed = new Set(lanes.flatMap((lane) => lane.events));
  const rest = events.filter((event) => !placed.has(event));
  return rest.length ? [...lanes, { title: data.lanes.others, colour: "neutral", events: rest }] : lanes;
}

/** Lays lanes out for a level of zoom on a width, and says how high each is and where it begins. */
function layOut(lanes, level, width_px) {
  const whole = wholeView(width_px);
  const isWhole = level >= levelOf(whole.seconds_per_px) - LEVELS_PER_OCTAVE;
  const room = { right_s: isWhole ? whole.right_s : Infinity, widest_px: Math.min(WIDEST_TITLE_PX, width_px / 2) };
  const crowded = lanes.length === 1 ? ROWS_OF_ONE_LANE : ROWS_OF_MANY;
  let top_px = 0;
  return lanes.map((lane) => {
    const placed = placeInRows(lane.events, level, lane.events.length <= FEW_EVENTS ? ROWS_OF_FEW : crowded, room);
    const height_px = LANE_HEAD_PX + placed.rows * ROW_PX + (placed.counts.length ? COUNT_ROW_PX : 0) + LANE_FOOT_PX;
    const laid = { ...lane, ...placed, top_px, height_px };
    top_px += height_px;
    return laid;
  });
}
