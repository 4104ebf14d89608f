// The note beside the pointer: the title, the date and the first words of the source of what it is at.

const POINTED_WORDS = 160;
const POINTED_TITLES = 4;

/** Shows the note on an event, or on the events of a count, near the pointer; with no events it goes. */
function showPointed(box, frame, events, at) {
  box.hidden = !events || at.pointerType === "touch";
  if (box.hidden) return;
  box.replaceChildren(...(events.length > 1 ? countNote(events) : eventNote(events[0])));
  const bounds = frame.getBoundingClientRect();
  const left_px = clamp(at.clientX - bounds.left + 14, 4, bounds.width - box.offsetWidth - 4);
  const below_px = at.clientY - bounds.top + 18;
  const above_px = at.clientY - bounds.top - box.offsetHeight - 12;
  box.style.transform = `translate(${round(left_px)}px, ${round(below_px + box.offsetHeight > bounds.height ? above_px : below_px)}px)`;
}

const countNote = (events) => [
  element("b", { textContent: plural(events.length, "event") }),
  ...[...events].sort((one, other) => other.importance - one.importance).slice(0, POINTED_TITLES).map((event) => wordsElement("p", "", event.title)),
];

function eventNote(event) {
  const words = event.excerpts ? excerptText(event.excerpts[0]) : event.summary ?? "";
  const cut = words.length > POINTED_WORDS ? `${words.slice(0, POINTED_WORDS)}…` : words;
  return [wordsElement("b", "", event.title), wordsElement("p", "", event.when), ...disputedParts(event), wordsElement("p", "quiet", cut)];
}
