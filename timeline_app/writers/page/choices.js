// What the reader has chosen: a filter, words to search for, an event. `drawNow` brings what follows from it up to date.

const ZOOM_STEP = 1.5;
const REVEALED_PX = 12; // that a selected event is brought away from the edges of the view, at least

/** The choices, and what changes them; `changed` names the parts of the page that follow. */
class Choices extends Sight {
  constructor(lanes) {
    super(lanes);
    this.wanted = noFilter();
    this.selected = null;
    this.counted = null; // the events of a count whose list is shown
    this.words = [];
    this.hits = [];
    this.passing = data.events;
  }

  toggleActor(actor, only = false) {
    if (only && !this.wanted.actors.has(actor)) this.wanted.actors.clear();
    flip(this.wanted.actors, actor);
    this.changed("passing");
  }

  toggleType(name) {
    flip(this.wanted.types, name);
    this.changed("passing");
  }

  search(typed) {
    this.words = searchWords(typed);
    this.changed("search");
  }

  stepHit(direction) {
    this.drawNow();
    this.selectNext(this.nextAmong(this.hits, direction) ?? this.hits.at(direction > 0 ? 0 : -1));
  }

  escape() {
    if (this.words.length || $id("words").value) {
      $id("words").value = "";
      this.search("");
    } else if (this.counted || this.selected !== null) this.select(null);
    if (document.activeElement === $id("words")) $id("timeline").focus();
  }

  focusSearch() {
    $id("words").focus();
    $id("words").select();
  }

  // What is selected

  /** Selects an event, or with null none; with `reveal` the timeline goes to it. */
  select(number, reveal = false) {
    this.selected = number;
    this.counted = null;
    const event = data.events[number];
    if (event) {
      const names = (event.actors ?? []).map(([actor]) => data.actors[actor].name).join(", ");
      const position = this.passing.indexOf(event) + 1;
      $id("spoken").textContent = [event.title, event.when, names, position ? `${position} of ${this.passing.length}` : ""].filter(Boolean).join(". ");
      if (reveal) this.reveal();
    }
    try {
      history.replaceState(null, "", event ? `#${encodeURIComponent(event.id)}` : location.pathname + location.search);
    } catch {
      // A page in a frame without an origin has no address that could name the event.
    }
    this.changed("story", "view");
  }

  /** Brings the selected event into the view, in time and in height; with `centre` to its middle. */
  reveal(centre = false) {
    const event = data.events[this.selected];
    if (!event) return;
    const x_px = this.view.x(event.anchor_s);
    const isSeen = !centre && x_px >= REVEALED_PX && x_px <= this.view.width_px - REVEALED_PX;
    if (!isSeen) this.panBy(x_px - this.view.width_px / 2);
    this.wantsReveal = true;
    this.changed("view");
  }

  /** Zooms about the selected event where it is in view, else about the middle. */
  zoomBy(factor) {
    const x_px = this.selected === null ? -1 : this.view.x(data.events[this.selected].anchor_s);
    this.zoomAbout(x_px >= 0 && x_px <= this.view.width_px ? x_px : this.view.width_px / 2, factor);
  }

  /** Gives the first of some events after the selected one, or with -1 the last before it. */
  nextAmong(events, direction) {
    const from = this.selected ?? (direction > 0 ? -1 : data.events.length);
    return direction > 0 ? events.find((event) => event.number > from) : events.findLast((event) => event.number < from);
  }

  selectNext(event) {
    if (event) this.select(event.number, true);
  }

  step(direction) {
    this.drawNow();
    this.selectNext(this.nextAmong(this.passing, direction));
  }

  /** Goes to the next event of the lane that the selected event is looked at in: of the same actor, or the same type. */
  stepInLane(direction) {
    this.drawNow();
    const event = data.events[this.selected];
    this.laneNumber = event ? this.laneNumberOf(event) : undefined;
    this.selectNext(this.nextAmong(this.picture.lanes[this.laneNumber]?.events ?? this.passing, direction));
  }

  /** Selects the event nearest in time of the lane above or below the first one that has the selected event. */
  stepLane(direction) {
    this.drawNow();
    const event = data.events[this.selected];
    const own = event ? this.laneNumberOf(event) : -1;
    const lane = this.picture.lanes[own + direction];
    if (!event) this.step(direction);
    if (!event || !lane) return;
    const distance = (other) => Math.abs(other.anchor_s - event.anchor_s);
    const nearest = lane.events.reduce((best, other) => (distance(other) < distance(best) ? other : best));
    this.select(nearest.number, true);
    this.laneNumber = own + direction;
  }

  /** Gives the lane that an event is looked at in: the one that was stepped to, or else the first that has it. */
  laneNumberOf(event) {
    const has = (lane) => lane?.events.includes(event);
    return has(this.picture.lanes[this.laneNumber]) ? this.laneNumber : this.picture.lanes.findIndex(has);
  }

  goToEnd(direction) {
    this.selectNext(this.passing.at(direction > 0 ? -1 : 0));
  }

  press(made) {
    this.laneNumber = this.picture.lanes.findIndex((lane) => lane.element.contains(made));
    if (!made) this.select(null);
    else if (made.dataset.event) this.select(Number(made.dataset.event));
    else {
      this.select(null);
      this.counted = this.eventsOf(made);
      this.changed("story", "view");
    }
    $id("timeline").focus({ preventScroll: true });
  }

  pressTwice(made) {
    const events = made ? this.eventsOf(made) : [];
    if (events.length) this.zoomTo(Math.min(...events.map((event) => event.start_s)), Math.max(...events.map((event) => event.end_s)));
  }

  /** Gives the events that an element of the timeline stands for. */
  eventsOf(made) {
    if (made.dataset.event) return [data.events[made.dataset.event]];
    return this.picture.lanes[made.dataset.lane].counts.find((count) => String(count.cell) === made.dataset.cell).events;
  }

  point(made, at) {
    showPointed($id("pointed"), $id("timeline"), made ? this.eventsOf(made) : null, at);
  }
}

function flip(chosen, value) {
  if (!chosen.delete(value)) chosen.add(value);
}
