// Draws one event: a mark, or a bar that is full where the event surely goes on and fades over the width of the doubt.

const OPEN_FADE_FROM = 0.55;
const SHARP_PX = 1.5;
const FULLEST_PERCENT = 30;
const FAINTEST_PERCENT = 2;

/** Makes the element of an event in a lane; `dressSingle` puts it in its place. */
function singleElement(single) {
  const { event, isMark } = single;
  const kinds = ["event", isMark ? "mark" : "bar", event.importance >= 5 ? "weighty" : ""];
  for (const kind of ["approximate", "uncertain", "possible"]) if (event[kind]) kinds.push(kind);
  const made = element("div", { className: kinds.filter(Boolean).join(" ") });
  made.dataset.event = event.number;
  const body = element("i", { className: isMark ? `body ${event.shape}` : "body" });
  made.append(body);
  if (!isMark) {
    body.append(element("i", { className: "edge" }));
    if (hasTick(single)) body.append(element("i", { className: "tick" }));
    if (event.opensEnd) body.append(element("i", { className: "arrow end" }));
    if (event.opensStart) body.append(element("i", { className: "arrow start" }));
  }
  if (single.title_px) made.append(wordsElement("span", "title", event.title.slice(0, 200)));
  return made;
}

/** Moves an event to where it stands in a view, in pixels from the left of its lane. */
function dressSingle(made, single, view, top_px) {
  const { event, isMark, side, title_px } = single;
  const [start_px, end_px] = stretchOf(single, view);
  if (!isMark) dressBar(made.firstChild, event, view, start_px, end_px);
  const from_px = isMark ? start_px : clamp(start_px, -view.margin_px, view.width_px + view.margin_px);
  const to_px = isMark ? end_px : clamp(end_px, from_px, view.width_px + view.margin_px);
  const titleAt_px = {
    after: end_px + TITLE_GAP_PX,
    before: start_px - TITLE_GAP_PX - title_px,
    // A title within its bar stays in view while there is room for it in the bar.
    inside: Math.min(Math.max(start_px, 0) + TITLE_GAP_PX, end_px - title_px - TITLE_GAP_PX),
    alone: from_px,
  }[side];
  const isBeside = side === "after" || side === "before";
  const left_px = isBeside ? Math.min(from_px, titleAt_px) : from_px;
  const right_px = isBeside ? Math.max(to_px, titleAt_px + title_px) : to_px;
  setStyle(made, "transform", `translate(${round(left_px)}px, ${top_px}px)`);
  setStyle(made, "width", `${round(right_px - left_px)}px`);
  setStyle(made.firstChild, "left", `${round(from_px - left_px)}px`);
  setStyle(made.firstChild, "width", `${round(to_px - from_px)}px`);
  if (!title_px) return;
  setStyle(made.lastChild, "left", `${round(titleAt_px - left_px)}px`);
  setStyle(made.lastChild, "width", `${title_px}px`);
}

/** Gives where a mark or a bar begins and ends, however far out of view. */
function stretchOf({ event, isMark }, view) {
  const start_px = isMark ? view.x(event.anchor_s) - MARK_PX / 2 : view.x(event.start_s);
  return [start_px, isMark ? start_px + MARK_PX : Math.max(view.x(event.end_s), start_px + MARK_PX)];
}

const round = (px) => Math.round(px * 10) / 10;

/** Sets a style only where it changes: what stays as it is costs the browser nothing. */
function setStyle(made, name, value) {
  made.drawn ??= {};
  if (made.drawn[name] === value) return;
  made.drawn[name] = value;
  made.style[name] = value;
}

/** Fills a bar, of which only what is near the view is drawn, with the strengths that it has there. */
function dressBar(body, event, view, start_px, end_px) {
  const [full_px, fullTo_px] = fullStretch(event, view, start_px, end_px);
  const strength = (px) => {
    if (px < full_px) return (px - start_px) / (full_px - start_px);
    return px > fullTo_px ? (end_px - px) / (end_px - fullTo_px) : 1;
  };
  const left_px = Math.max(start_px, -view.margin_px);
  const right_px = Math.max(Math.min(end_px, view.width_px + view.margin_px), left_px);
  const stops_px = [left_px, ...[full_px, fullTo_px].filter((px) => px > left_px && px < right_px), right_px];
  const shares = stops_px.map((px) => [strength(px), round(px - left_px)]);
  setStyle(body, "background", gradient(shares, FULLEST_PERCENT));
  setStyle(body.firstChild, "background", gradient(shares, 100));
  const tick = body.querySelector(".tick");
  if (tick) setStyle(tick, "left", `${round(view.x(event.anchor_s) - left_px - 1)}px`);
}

function gradient(shares, most) {
  const stops = shares.map(([share, px]) => {
    const percent = round(FAINTEST_PERCENT + clamp(share, 0, 1) * (most - FAINTEST_PERCENT));
    return `color-mix(in srgb, var(--own) ${percent}%, var(--clear)) ${px}px`;
  });
  return `linear-gradient(90deg, ${stops.join(", ")})`;
}

/** Gives from where to where a bar is full: all along with sharp ends, in the middle where nothing is sure. */
function fullStretch(event, view, start_px, end_px) {
  let sureStart_px = view.x(event.sureStart_s);
  let sureEnd_px = view.x(event.sureEnd_s);
  if (event.opensEnd) sureEnd_px = start_px + (end_px - start_px) * OPEN_FADE_FROM;
  if (event.opensStart) sureStart_px = end_px - (end_px - start_px) * OPEN_FADE_FROM;
  const isSharpStart = sureStart_px - start_px < SHARP_PX;
  const isSharpEnd = end_px - sureEnd_px < SHARP_PX;
  if (isSharpStart && isSharpEnd) return [start_px, end_px];
  if (sureStart_px >= sureEnd_px) {
    sureStart_px = sureEnd_px = clamp((start_px + end_px) / 2, sureEnd_px, sureStart_px);
  }
  return [isSharpStart ? start_px : clamp(sureStart_px, start_px, end_px), isSharpEnd ? end_px : clamp(sureEnd_px, start_px, end_px)];
}

/** Says whether the middle of a bar is marked: there is no time at which its event surely went on. */
const hasTick = ({ event, side }) => event.sureStart_s >= event.sureEnd_s && !event.span && side !== "inside";
