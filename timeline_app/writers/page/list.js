// The same events as a table: the way in for screen readers, and for who prefers to read.

/** Makes the table of events; `hands.showEvent` is called with the number of the one that is opened. */
function listTable(events, hands) {
  const heads = ["Date", "Event", "Actors", "Type"].map((text) => element("th", { scope: "col", textContent: text }));
  const rows = events.map((event) => {
    const open = buttonElement("link", event.title, () => hands.showEvent(event.number), { dir: "auto" });
    const names = (event.actors ?? []).map(([actor]) => data.actors[actor].name).join(", ");
    const cells = [wordsElement("td", "date", event.short), element("td", {}, open), wordsElement("td", "", names), wordsElement("td", "", event.type ?? "")];
    const row = element("tr", {}, ...cells);
    row.dataset.event = event.number;
    return row;
  });
  const caption = element("caption", { className: "unseen", textContent: `${plural(events.length, "event")} in the order of time` });
  return element("table", { className: "events" }, caption, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows));
}

/** Marks the selected row and the hits of a search. */
function markRows(list, selected, hits) {
  for (const row of list.querySelectorAll("tbody tr")) {
    const number = Number(row.dataset.event);
    row.classList.toggle("selected", number === selected);
    row.classList.toggle("hit", hits.has(number));
    row.setAttribute("aria-current", String(number === selected));
  }
}
