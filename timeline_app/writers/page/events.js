// The events of the page, what passes the reader's filter, and what a search finds.

const data = JSON.parse($id("data").textContent);
const OPEN_MARGIN = 0.025; // how far beyond the first and last date of all an end without bound is drawn

/** The first and last bounded second of all events. */
const extent = (() => {
  let first_s = Infinity;
  let last_s = -Infinity;
  for (const { bounds } of data.events) {
    for (const bound_s of bounds) {
      if (typeof bound_s === "string") continue;
      first_s = Math.min(first_s, bound_s);
      last_s = Math.max(last_s, bound_s);
    }
  }
  if (first_s > last_s) return { first_s: 0, last_s: DAY_S };
  return first_s === last_s ? { first_s: first_s - DAY_S / 2, last_s: last_s + DAY_S / 2 } : { first_s, last_s };
})();

prepareEvents();

/** The first and the last second of all that is drawn, ends without bound among it. */
const drawnExtent = {
  first_s: data.events.reduce((first_s, event) => Math.min(first_s, event.start_s), extent.first_s),
  last_s: data.events.reduce((last_s, event) => Math.max(last_s, event.end_s), extent.last_s),
};

/** Works out for each event where it is drawn, and who takes part in it. */
function prepareEvents() {
  const margin_s = (extent.last_s - extent.first_s) * OPEN_MARGIN;
  const drawn_s = (bound) => (bound === "past" ? extent.first_s - margin_s : bound === "future" ? extent.last_s + margin_s : bound);
  data.events.forEach((event, number) => {
    event.number = number;
    [event.start_s, event.sureStart_s, event.sureEnd_s, event.end_s] = event.bounds.map(drawn_s);
    const [isFromPast, , , isToFuture] = event.bounds.map((bound) => typeof bound === "string");
    event.anchor_s = isFromPast ? event.end_s : isToFuture ? event.start_s : (event.start_s + event.end_s) / 2;
    event.opensStart = /start/.test(event.open ?? "");
    event.opensEnd = /end/.test(event.open ?? "");
    event.actorSet = new Set((event.actors ?? []).map(([actor]) => actor));
    event.linkedFrom = [];
  });
  const wholes = data.actors.map((_, actor) => [actor]);
  data.actors.forEach(({ parts = [] }, whole) => parts.forEach((part) => wholes[part].push(whole)));
  for (const event of data.events) {
    // Of a part that was one for a time, the event itself tells who takes it along.
    event.countedFor = new Set([...event.actorSet].flatMap((actor) => wholes[actor]).concat(event.along ?? []));
  }
  for (const event of data.events) {
    for (const [to, kind] of event.links ?? []) {
      if (to !== event.number) data.events[to].linkedFrom.push(kind ? [event.number, kind] : [event.number]);
    }
  }
}

/** What the reader asks for; several types are alternatives, actors are too unless `all` is set. */
const noFilter = () => ({ actors: new Set(), types: new Set(), all: false, only: null });

/** Says whether an event has an actor or something that is part of it. */
const hasActor = (event, actor) => event.countedFor.has(actor);

function passesActors(event, wanted) {
  if (!wanted.actors.size) return true;
  const asked = [...wanted.actors];
  return wanted.all ? asked.every((actor) => hasActor(event, actor)) : asked.some((actor) => hasActor(event, actor));
}

const passesTypes = (event, wanted) => !wanted.types.size || wanted.types.has(event.type ?? "");

/** Says whether an event is among those of the step of a story. */
const passesStep = (event, wanted) => !wanted.only || wanted.only.has(event.number);

const passingEvents = (wanted) =>
  data.events.filter((event) => passesStep(event, wanted) && passesActors(event, wanted) && passesTypes(event, wanted));

/** Counts for each actor the events that choosing it would leave, under the other parts of the filter. */
function actorCounts(wanted) {
  const counts = new Array(data.actors.length).fill(0);
  for (const event of data.events) {
    if (!passesStep(event, wanted) || !passesTypes(event, wanted) || (wanted.all && !passesActors(event, wanted))) continue;
    for (const actor of event.countedFor) counts[actor] += 1;
  }
  return counts;
}

/** Counts for each type that occurs the events that choosing it would leave, the fullest first. */
function typeCounts(wanted) {
  const counts = new Map(data.events.map((event) => [event.type ?? "", 0]));
  for (const event of data.events) {
    if (passesStep(event, wanted) && passesActors(event, wanted)) counts.set(event.type ?? "", counts.get(event.type ?? "") + 1);
  }
  return counts;
}

/** Makes texts equal that differ only in case, accents and apostrophes. */
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘ʼ]/g, "'").toLowerCase();

/** Gives the words of an excerpt without their marks. */
const excerptText = (excerpt) => (excerpt.words ?? []).map((piece) => (typeof piece === "string" ? piece : piece[0])).join("");

function searchedText(event) {
  if (event.searched === undefined) {
    const names = (event.actors ?? []).flatMap(([actor]) => [data.actors[actor].name, ...(data.actors[actor].also ?? [])]);
    const quoted = (event.excerpts ?? []).flatMap((excerpt) => [excerptText(excerpt), excerpt.translation ?? ""]);
    const parts = [event.title, event.when, event.type, event.summary, event.place, ...(event.tags ?? []), ...names, ...quoted];
    event.searched = folded(parts.filter(Boolean).join("\n"));
  }
  return event.searched;
}

/** Splits what is searched for into words and "phrases", all of which must occur. */
const searchWords = (typed) => [...folded(typed).matchAll(/["“”]([^"“”]+)["“”]?|([^\s"“”]+)/g)].map((found) => (found[1] ?? found[2]).trim()).filter(Boolean);

const foundAmong = (events, words) => events.filter((event) => words.every((word) => searchedText(event).includes(word)));
