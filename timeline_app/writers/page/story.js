// Everything that is known of one event: its date and how it is known, who took part, the exact words of its sources.

const FIRST_EXCERPTS = 5;

/** Makes the parts of an event's story; `hands` has what its buttons do: chooseActor, showEvent. */
function storyParts(event, hands) {
  return [
    event.type ? wordsElement("p", "type", event.type) : null,
    wordsElement("h2", "", event.title),
    datingElement(event),
    event.note ? wordsElement("p", "quiet note", event.note) : null,
    event.actors ? chipsElement(event, hands) : null,
    event.possible ? wordsElement("p", "quiet", "Only possibly within what was asked for.") : null,
    event.summary ? wordsElement("p", "summary", event.summary) : null,
    ...excerptParts(event, event.excerpts ?? []),
    event.independence ? wordsElement("p", "quiet independence", event.independence) : null,
    ...(event.claims ? [headingElement(isCompeting(event) ? "Competing claims" : "Claims"), ...event.claims.map(claimsElement)] : []),
    ...(event.sources ? [headingElement("Sources"), ...event.sources.map((source) => sourceElement(source))] : []),
    factsElement([["Place", event.place], ["Tags", (event.tags ?? []).join(", ")]]),
    ...eventRows("Linked events", event.links ?? [], hands),
    ...eventRows("Linked from", event.linkedFrom, hands),
    ...(event.noted ? [headingElement("Note"), factsElement(event.noted)] : []),
    ...(event.fields ? [headingElement("Also in the file"), factsElement(event.fields)] : []),
  ].filter((part) => part !== null);
}

const headingElement = (text) => element("h3", { textContent: text });

/** Makes a line for each thing that is claimed differently: it stands wherever the event is named. */
const disputedParts = (event) => (event.disputed ?? []).map((line) => wordsElement("p", "quiet disputed", line));

const isCompeting = (event) => event.claims.some((group) => group.rows.length > 1);

const datingElement = (event) => element("p", { className: "dating" }, wordsElement("time", "", event.when), " ", element("span", { className: "quiet", textContent: event.known ?? "" }));

function chipsElement(event, hands) {
  const chips = event.actors.map(([actor, role]) => {
    const { name, colour } = data.actors[actor];
    const chip = buttonElement(`chip actor-${colour}`, "", () => hands.chooseActor(actor), { title: `Show only events with ${name}` });
    chip.append(element("i", { className: "dot" }), wordsElement("span", "", name));
    if (role) chip.append(wordsElement("span", "quiet", role));
    return element("li", {}, chip);
  });
  return element("ul", { className: "chips", set: { "aria-label": "Actors" } }, ...chips);
}

function excerptParts(event, excerpts) {
  if (!excerpts.length) return [wordsElement("p", "quiet", "No source is quoted for this event.")];
  const parts = excerpts.map((excerpt, number) => excerptElement(excerpt, excerpts[number - 1]));
  if (parts.length <= FIRST_EXCERPTS) return parts;
  const more = buttonElement("link", `Show ${plural(parts.length - FIRST_EXCERPTS, "more excerpt")}`, () => more.replaceWith(...parts.slice(FIRST_EXCERPTS)));
  return [...parts.slice(0, FIRST_EXCERPTS), more];
}

/** Makes an excerpt with its source; the source is told once where several excerpts of it follow each other. */
function excerptElement(excerpt, before) {
  const foot = element("p", { className: "check" }, element("span", { className: checkClass(excerpt.check), textContent: excerpt.check }));
  foot.append(copyButton(excerpt));
  const isSame = before && before.source === excerpt.source;
  const told = isSame ? wordsElement("p", "quiet", ["same source", excerpt.locator].filter(Boolean).join(" · ")) : sourceElement(excerpt.source, excerpt.locator);
  return element("figure", { className: "excerpt" }, quoteElement(excerpt), translationElement(excerpt), element("figcaption", {}, told, foot));
}

const checkClass = (check) => (check.startsWith("✓") ? "good" : check.startsWith("✗") ? "warning" : "quiet");

/** Makes the words of a source as a quotation, those that carry the date marked and actors underlined. */
function quoteElement(excerpt) {
  const pieces = (excerpt.words ?? []).map((piece) => {
    if (typeof piece === "string") return piece;
    const [words, actor] = piece;
    return actor === undefined ? element("mark", { textContent: words }) : element("span", { className: `named actor-${data.actors[actor].colour}`, textContent: words });
  });
  return element("blockquote", { dir: "auto", lang: excerpt.lang ?? "" }, ...pieces);
}

function translationElement(excerpt) {
  return excerpt.translation ? element("div", { className: "translation" }, element("p", { className: "quiet", textContent: "Translation" }), wordsElement("p", "", excerpt.translation)) : null;
}

function copyButton(excerpt) {
  const words = excerptText(excerpt).replace(/\s+/g, " ").trim();
  const citation = data.citations[excerpt.citation].replace(/”$/, () => `${words}”`);
  const button = buttonElement("link", "Copy citation", async () => {
    const isCopied = await copyText(citation);
    button.textContent = isCopied ? "Copied" : citation;
  });
  return button;
}

/** Copies a text; says whether the browser let it. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // A page from a disk may not be allowed to: the reader then sees the text, and copies it.
  }
}

function sourceElement(number, locator = "") {
  const source = data.sources[number];
  const made = element("div", { className: "source", lang: source.lang ?? "" });
  if (source.name) made.append(wordsElement("p", "", source.name));
  if (source.author) made.append(wordsElement("p", "", source.author));
  if (source.title) made.append(element("p", {}, wordsElement("cite", "", source.title)));
  const details = [source.details, locator].filter(Boolean).join(" · ");
  if (details) made.append(wordsElement("p", "quiet", details));
  if (source.link) made.append(linkElement(source.link, source.url));
  else if (source.url) made.append(wordsElement("p", "quiet address", source.url));
  return made;
}

/** Makes a table of what parties say about one question, figures that compete on one scale. */
function claimsElement(group) {
  const caption = element("caption", {}, wordsElement("span", "", group.about), group.summary ? wordsElement("span", "sum", group.summary) : null);
  const rows = group.rows.map((row) => {
    const colour = row.actor === undefined ? "neutral" : `actor-${data.actors[row.actor].colour}`;
    const said = element("td", {}, row.figures ? trackElement(row.figures, colour) : null, wordsElement("span", row.figures ? "quiet" : "", row.words ?? ""));
    for (const note of row.notes ?? []) said.append(wordsElement("span", "quiet note", note));
    return element("tr", {}, element("th", { scope: "row", dir: "auto", textContent: row.by }), said);
  });
  const table = element("table", { className: "claims" }, caption, element("tbody", {}, ...rows));
  if (group.ticks) table.tBodies[0].append(element("tr", { set: { "aria-hidden": "true" } }, element("th"), element("td", {}, scaleElement(group.ticks))));
  return table;
}

/** Draws a figure or an interval of figures on the scale of its question; shares run from 0 to 1. */
function trackElement([value, low, high], colour) {
  const track = element("div", { className: `track ${colour}`, set: { "aria-hidden": "true" } });
  if (low !== null || high !== null) {
    const span = element("i", { className: "span" });
    span.style.left = `${(low ?? 0) * 100}%`;
    span.style.right = `${(1 - (high ?? 1)) * 100}%`;
    track.append(span);
  }
  if (value !== null) {
    const dot = element("i", { className: "point" });
    dot.style.left = `${value * 100}%`;
    track.append(dot);
  }
  return track;
}

function scaleElement(ticks) {
  const marks = ticks.map(([share, words]) => {
    const mark = element("span", { textContent: words });
    mark.style.left = `${share * 100}%`;
    return mark;
  });
  return element("div", { className: "scale" }, ...marks);
}

function factsElement(facts) {
  const told = facts.filter(([, words]) => words);
  if (!told.length) return null;
  return element("dl", { className: "facts" }, ...told.flatMap(([name, words]) => [wordsElement("dt", "", name), wordsElement("dd", "", words)]));
}

function eventRows(heading, links, hands) {
  if (!links.length) return [];
  const rows = links.map(([number, kind]) => {
    const other = data.events[number];
    const open = buttonElement("link", other.title, () => hands.showEvent(number), { dir: "auto" });
    const named = element("div", {}, open, kind ? wordsElement("p", "quiet", kind) : null);
    return element("li", {}, element("span", { className: "quiet", textContent: other.short }), named);
  });
  return [headingElement(heading), element("ul", { className: "rows" }, ...rows)];
}

/** Makes the list of what a count stands for. */
function countParts(events, hands) {
  const first_s = Math.min(...events.map((event) => event.start_s));
  const last_s = Math.max(...events.map((event) => event.end_s));
  return [
    element("h2", { textContent: `${plural(events.length, "event")} merged here` }),
    element("p", { textContent: rangeWords(first_s, last_s) }),
    element("p", {}, buttonElement("link", "Zoom to them", () => hands.zoomTo(first_s, last_s))),
    ...eventRows("Events", events.map((event) => [event.number]), hands),
  ];
}
