// The page on paper: a picture of the timeline, then every event that passes with its excerpts and numbered sources.

const PAPER_PX = 660; // the width of A4 and Letter between margins, in CSS pixels

/** Builds what is printed of some events; `heading` says which they are. */
function buildPaper(paper, events, lanes, heading) {
  const notes = new Map();
  const entries = events.map((event) => paperEntry(event, notes));
  const figure = element("figure", { className: "paper-picture" });
  paper.replaceChildren(
    wordsElement("h1", "", data.title),
    wordsElement("p", "quiet", heading),
    ...(data.summary ? [wordsElement("p", "summary", data.summary)] : []),
    figure,
    ...entries,
    ...(notes.size ? [headingElement("Sources"), notesElement(notes)] : []),
  );
  paper.hidden = false; // Titles are measured as they will stand.
  drawOnPaper(figure, lanes);
}

function drawOnPaper(figure, lanes) {
  const [axis, box, grid, ground] = ["axis", "paper-lanes", "grid", "ground"].map((className) => element("div", { className }));
  box.append(grid, ground);
  figure.append(axis, box);
  figure.style.width = `${PAPER_PX}px`;
  const view = wholeView(PAPER_PX);
  const picture = new TimelinePicture(axis, grid, ground);
  picture.setLanes(layOut(lanes, levelOf(view.seconds_per_px), PAPER_PX));
  picture.draw(view, -Infinity, Infinity, () => {});
  box.style.height = `${picture.height_px}px`;
}

function paperEntry(event, notes) {
  const entry = element("section", { className: "entry" }, wordsElement("h2", "", event.title), datingElement(event));
  if (event.note) entry.append(wordsElement("p", "quiet note", event.note));
  const actors = (event.actors ?? []).map(([actor, role]) => data.actors[actor].name + (role ? ` (${role})` : "")).join(", ");
  if (actors) entry.append(wordsElement("p", "", actors));
  if (event.summary) entry.append(wordsElement("p", "summary", event.summary));
  for (const excerpt of event.excerpts ?? []) {
    const quote = quoteElement(excerpt);
    const number = noteNumber(notes, excerpt.source);
    quote.append("”", element("sup", { textContent: excerpt.locator ? `${number}, ${excerpt.locator}` : number }));
    const translation = translationElement(excerpt);
    entry.append(quote, ...(translation ? [translation] : []));
  }
  const claims = (event.claims ?? []).map(claimsElement);
  const numbers = (event.sources ?? []).map((source) => noteNumber(notes, source)).join(", ");
  if (event.independence) entry.append(wordsElement("p", "quiet independence", event.independence));
  entry.append(...claims, ...(numbers ? [element("p", { className: "quiet", textContent: `Sources: ${numbers}` })] : []));
  return entry;
}

/** Gives a source its number, in the order in which they are met. */
function noteNumber(notes, source) {
  if (!notes.has(source)) notes.set(source, notes.size + 1);
  return String(notes.get(source));
}

const notesElement = (notes) => element("ol", { className: "notes" }, ...[...notes.keys()].map((source) => element("li", {}, sourceElement(source))));
