// What keys do, and the list of them.

const KEY_ROWS = [
  ["← →", "previous, next event"], ["Home End", "first, last event"], ["↑ ↓", "lane above, below"],
  [", .", "previous, next event of the same lane: of one actor"], ["+ −", "zoom in, out"], ["0", "fit everything"],
  ["Page Up, Page Down", "a screen earlier, later"], ["F", "go to the selected event"], ["/", "search"],
  ["Enter, Shift+Enter", "next, previous hit, in the search field"], ["Esc", "clear the search, then the selection"], ["?", "this list"],
];

const HINT =
  "Drag to pan, wheel or two fingers to zoom. Soft edges are as wide as the doubt about a date; a dashed edge is an approximate date, " +
  "a dotted one an uncertain one. A number in a ring counts events that have no room to stand by themselves. Keys act while the timeline has the focus.";

/** Shows the list of keys in a dialog. */
function showKeys(dialog) {
  const tale = data.tale ? [["← → in the story", "previous, next step"]] : [];
  const rows = [...tale, ...KEY_ROWS].map(([keys, words]) => element("tr", {}, element("th", { scope: "row", textContent: keys }), element("td", { textContent: words })));
  const close = element("form", { method: "dialog" }, element("button", { className: "plain", textContent: "Close" }));
  const heading = element("h2", { id: "keys-title", textContent: "Keys" });
  dialog.replaceChildren(heading, element("table", {}, element("tbody", {}, ...rows)), element("p", { className: "quiet", textContent: HINT }), close);
  dialog.showModal();
}

/** Gives what a key does on the timeline, or wherever nothing else has the focus. */
const timelineKeys = (page) => ({
  ArrowLeft: () => page.step(-1),
  ArrowRight: () => page.step(1),
  ArrowUp: () => page.stepLane(-1),
  ArrowDown: () => page.stepLane(1),
  Home: () => page.goToEnd(-1),
  End: () => page.goToEnd(1),
  PageUp: () => page.panBy(-page.view.width_px * 0.8),
  PageDown: () => page.panBy(page.view.width_px * 0.8),
  "+": () => page.zoomBy(1 / ZOOM_STEP),
  "=": () => page.zoomBy(1 / ZOOM_STEP),
  "-": () => page.zoomBy(ZOOM_STEP),
  0: () => page.fit(),
  ",": () => page.stepInLane(-1),
  ".": () => page.stepInLane(1),
  f: () => page.reveal(true),
});

/** Joins the keyboard; letters and arrows work on the timeline only, so that they disturb no other use of keys. */
function listenToKeys(page, timeline) {
  const keys = timelineKeys(page);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || $id("keys").open) return;
    const isTyping = event.target.matches("input, select, textarea");
    const isBeside = $id("story").contains(event.target) && ["ArrowLeft", "ArrowRight"].includes(event.key);
    const isFree = event.target === document.body || timeline.contains(event.target) || isBeside;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    let act = null;
    if (key === "Escape") act = () => page.escape();
    else if (!isTyping && key === "/") act = () => page.focusSearch();
    else if (!isTyping && key === "?") act = () => showKeys($id("keys"));
    else if (isFree && Object.hasOwn(keys, key)) act = keys[key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
