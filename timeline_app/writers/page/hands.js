// What mouse and fingers do. `page` is told in the words of what is wanted: zoomAbout, panBy, press.

const WHEEL_STEP = 0.0018;
const CLICK_PX = 4;
const BRUSH_EDGE_PX = 7;

/** Joins the timeline with mouse and fingers: drag pans, two fingers and the wheel zoom, a click selects. */
function listenToTimeline(page, surface) {
  const fingers = new Map();
  let begun = null;
  const at_px = (event) => event.clientX - surface.getBoundingClientRect().left;

  surface.addEventListener("wheel", (event) => {
    if (event.altKey) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
    const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (isSideways) page.panBy((event.deltaX || event.deltaY) * unit);
    else page.zoomAbout(at_px(event), Math.exp(clamp(event.deltaY * unit, -300, 300) * WHEEL_STEP * (event.ctrlKey ? 4 : 1)));
  }, { passive: false });

  surface.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    begun = { x: event.clientX, y: event.clientY, isDrag: false, target: event.target };
  });

  surface.addEventListener("pointermove", (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) {
      page.point(event.target.closest(".event, .count"), event);
      return;
    }
    const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
    if (!begun.isDrag && Math.hypot(event.clientX - begun.x, event.clientY - begun.y) < CLICK_PX) return;
    if (!begun.isDrag) surface.setPointerCapture(event.pointerId);
    begun.isDrag = true;
    if (fingers.size === 2) {
      const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
      const before_px = Math.max(Math.abs(finger.x - other.x), 20);
      const now_px = Math.max(Math.abs(event.clientX - other.x), 20);
      page.zoomAbout((event.clientX + other.x) / 2 - surface.getBoundingClientRect().left, before_px / now_px);
      page.panBy(-dx / 2);
    } else {
      page.panBy(-dx);
      if (event.pointerType === "mouse") surface.scrollTop -= dy;
    }
    Object.assign(finger, { x: event.clientX, y: event.clientY });
  });

  const lift = (event) => {
    const isClick = fingers.delete(event.pointerId) && event.type === "pointerup" && !begun.isDrag && !fingers.size;
    if (isClick) page.press(begun.target.closest(".event, .count"));
  };
  surface.addEventListener("pointerup", lift);
  surface.addEventListener("pointercancel", lift);
  surface.addEventListener("pointerleave", () => page.point(null));
  surface.addEventListener("dblclick", (event) => page.pressTwice(event.target.closest(".event, .count")));
}

/** Joins the overview: drag the brush or its edges, press beside it to go there. */
function listenToOverview(page, overview) {
  let held = null;
  overview.addEventListener("pointerdown", (event) => {
    const at_px = event.clientX - overview.getBoundingClientRect().left;
    const [left_px, right_px] = page.brush_px();
    const edge_px = Math.min(BRUSH_EDGE_PX, (right_px - left_px) / 3);
    if (Math.abs(at_px - left_px) <= edge_px) held = { moves: [1, 0] };
    else if (Math.abs(at_px - right_px) <= edge_px) held = { moves: [0, 1] };
    else held = { moves: [1, 1] };
    if (at_px < left_px - edge_px || at_px > right_px + edge_px) page.moveBrush(at_px - (left_px + right_px) / 2, [1, 1]);
    held.x = event.clientX;
    overview.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  overview.addEventListener("pointermove", (event) => {
    if (!held) return;
    page.moveBrush(event.clientX - held.x, held.moves);
    held.x = event.clientX;
  });
  for (const end of ["pointerup", "pointercancel"]) overview.addEventListener(end, () => (held = null));
}
