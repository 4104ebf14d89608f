// The same events as a table: the way in for screen readers, and for who prefers to read.

const FIRST_ROWS = 200; // more than a window shows
const ROWS_A_SLICE = 300;

/** The table of events in a box. A long one is filled in slices, so that clicks and keys have their turn in between. */
class EventList {
  constructor(box, hands) {
    Object.assign(this, { box, hands, events: null, rows: new Map(), selected: null, hits: new Set() });
  }

  /** Shows these events. */
  show(events) {
    if (this.events === events) return;
    this.events = events;
    this.rows.clear();
    const heads = ["Date", "Event", "Actors", "Type"].map((text) => element("th", { scope: "col", textContent: text }));
    const caption = element("caption", { className: "unseen", textContent: `${plural(events.length, "event")} in the order of time` });
    this.body = element("tbody");
    this.box.replaceChildren(element("table", { className: "events" }, caption, element("thead", {}, element("tr", {}, ...heads)), this.body));
    this.fill(events, 0, FIRST_ROWS);
  }

  /** Takes the rows away, which cost something at each change while nobody sees them. */
  clear() {
    this.events = null;
    this.rows.clear();
    this.box.replaceChildren();
  }

  /** Adds rows from one place to another, and a moment later those that follow, unless others are shown by then. */
  fill(events, from, to) {
    if (this.events !== events) return;
    const made = events.slice(from, to).map((event) => this.row(event));
    this.body.append(...made);
    if (to < events.length) setTimeout(() => this.fill(events, to, to + ROWS_A_SLICE));
  }

  row(event) {
    const open = buttonElement("link", event.title, () => this.hands.showEvent(event.number), { dir: "auto" });
    const names = (event.actors ?? []).map(([actor]) => data.actors[actor].name).join(", ");
    const cells = [wordsElement("td", "date", event.short), element("td", {}, open, ...disputedParts(event)), wordsElement("td", "", names), wordsElement("td", "", event.type ?? "")];
    const made = element("tr", {}, ...cells);
    made.dataset.event = event.number;
    this.rows.set(event.number, made);
    this.markRow(event.number, made);
    return made;
  }

  /** Marks the selected row and the hits of a search. */
  mark(selected, hits) {
    const changed = new Set([...this.hits, ...hits, this.selected, selected]);
    Object.assign(this, { selected, hits });
    for (const number of changed) if (this.rows.has(number)) this.markRow(number, this.rows.get(number));
  }

  markRow(number, row) {
    const isSelected = number === this.selected;
    row.classList.toggle("selected", isSelected);
    row.classList.toggle("hit", this.hits.has(number));
    if (isSelected) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}
