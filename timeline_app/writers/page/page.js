// The page as a whole: what the reader has chosen, and the parts that follow it. One picture a frame, however much changed.

/** Builds the page and keeps it up to date. */
class Page extends Choices {
  constructor() {
    super($id("lanes"));
    this.grouping = usualGrouping();
    this.dirty = new Set();
    this.layouts = {};
    this.picture = new TimelinePicture($id("axis"), $id("grid"), $id("ground"));
    this.hands = {
      chooseActor: (actor) => this.toggleActor(actor, true),
      showEvent: (number) => this.select(number, true),
      zoomTo: (first_s, last_s) => this.zoomTo(first_s, last_s),
    };
    this.list = new EventList($id("list"), this.hands);
  }

  /** Builds what does not change, joins the hands, and draws the first picture. */
  begin() {
    $id("title").textContent = data.title;
    $id("scope").textContent = scopeWords();
    this.buildFacets();
    this.joinControls();
    listenToTimeline(this, this.lanes);
    listenToOverview(this, $id("overview"));
    listenToKeys(this, $id("timeline"));
    new ResizeObserver(() => this.resize()).observe($id("timeline"));
    this.fit();
    if (data.tale) new Tale(this).begin();
    this.followAddress();
    this.changed("passing", "story");
  }

  /** Selects the event that the address names behind its #, if it names one. */
  followAddress() {
    const named = decodedHash();
    const number = data.events.findIndex((event) => event.id === named);
    if (number >= 0 && number !== this.selected) this.select(number, true);
  }

  buildFacets() {
    this.actorFacet = new Facet({
      heading: "Actors",
      names: data.actors.map((actor) => actor.name),
      classes: (actor) => `actor-${data.actors[actor].colour}`,
      isChosen: (actor) => this.wanted.actors.has(actor),
      toggle: (actor) => this.toggleActor(actor),
      extra: matchElement((all) => {
        this.wanted.all = all;
        this.changed("passing");
      }),
    });
    this.typeNames = [...typeCounts(noFilter())].sort(([, one], [, other]) => other - one).map(([name]) => name);
    this.typeFacet = new Facet({
      heading: "Types",
      names: this.typeNames.map((name) => name || "without a type"),
      classes: () => "neutral",
      isChosen: (number) => this.wanted.types.has(this.typeNames[number]),
      toggle: (number) => this.toggleType(this.typeNames[number]),
    });
    if (data.actors.length) $id("facet-lists").append(this.actorFacet.element);
    if (this.typeNames.length > 1) $id("facet-lists").append(this.typeFacet.element);
    document.body.classList.toggle("without-facets", !$id("facet-lists").childElementCount);
    $id("facet-fold").open = !isNarrow();
  }

  joinControls() {
    const listen = (id, kind, act) => $id(id).addEventListener(kind, act);
    listen("words", "input", (event) => this.search(event.target.value));
    listen("words", "keydown", (event) => {
      if (event.key === "Enter") this.stepHit(event.shiftKey ? -1 : 1);
    });
    listen("search", "submit", (event) => event.preventDefault());
    listen("hit-before", "click", () => this.stepHit(-1));
    listen("hit-next", "click", () => this.stepHit(1));
    for (const option of [...$id("grouping").options]) if (!groupings().includes(option.value)) option.remove();
    $id("grouping").value = this.grouping;
    $id("grouping").hidden = groupings().length < 2;
    listen("grouping", "change", (event) => {
      this.grouping = event.target.value;
      this.changed("passing");
    });
    listen("theme", "click", () => this.toggleTheme());
    listen("help", "click", () => showKeys($id("keys")));
    listen("zoom-in", "click", () => this.zoomBy(1 / ZOOM_STEP));
    listen("zoom-out", "click", () => this.zoomBy(ZOOM_STEP));
    listen("zoom-fit", "click", () => this.fit());
    for (const name of ["timeline", "list"]) listen(`tab-${name}`, "click", () => this.showTab(name));
    listen("tabs", "keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const name = $id("list").hidden ? "list" : "timeline";
      this.showTab(name);
      $id(`tab-${name}`).focus();
    });
    document.querySelector(".skip").addEventListener("click", () => this.showTab("list"));
    this.lanes.addEventListener("scroll", () => this.changed("view"));
    window.addEventListener("hashchange", () => this.followAddress());
    window.addEventListener("beforeprint", () => this.print());
    window.addEventListener("afterprint", () => $id("paper").replaceChildren());
    nameTheme();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", nameTheme);
  }

  // What is shown

  showTab(name) {
    for (const tab of ["timeline", "list"]) {
      const isShown = tab === name;
      $id(tab === "list" ? "list" : "timeline-panel").hidden = !isShown;
      $id(`tab-${tab}`).setAttribute("aria-selected", String(isShown));
      $id(`tab-${tab}`).tabIndex = isShown ? 0 : -1;
    }
    $id("zoom").hidden = name === "list";
    this.changed("list", "view", "overview");
  }

  toggleTheme() {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    nameTheme();
  }

  print() {
    this.drawNow();
    const heading = [scopeWords(), this.countWords()].filter(Boolean).join(" · ");
    buildPaper($id("paper"), this.passing, lanesOf(this.passing, this.wanted, this.grouping), heading);
  }

  // Following what has changed

  changed(...kinds) {
    for (const kind of kinds) this.dirty.add(kind);
    this.frame ??= requestAnimationFrame(() => this.drawNow());
  }

  drawNow() {
    cancelAnimationFrame(this.frame);
    this.frame = undefined;
    const dirty = this.dirty;
    this.dirty = new Set();
    if (dirty.has("passing")) this.followFilter();
    if (dirty.has("passing") || dirty.has("search")) this.followSearch();
    if (dirty.has("story")) this.followStory();
    const level = levelOf(this.view.seconds_per_px);
    if (dirty.has("passing") || level !== this.level) this.layOutAnew(level);
    if (dirty.size) this.drawTimeline();
    if (["passing", "search", "overview"].some((kind) => dirty.has(kind))) drawOverview($id("overview"), this.passing, this.hits);
    this.followList();
  }

  followFilter() {
    const before = this.passing.length;
    this.passing = passingEvents(this.wanted);
    if (this.passing.length !== before) $id("spoken").textContent = `${counted(this.passing.length)} of ${plural(data.events.length, "event")}`;
    this.groups = lanesOf(this.passing, this.wanted, this.grouping);
    this.laneNumber = undefined;
    this.actorFacet.update(actorCounts(this.wanted));
    const counts = typeCounts(this.wanted);
    this.typeFacet.update(this.typeNames.map((name) => counts.get(name)));
    const chips = [...this.wanted.actors].map((actor) => chipElement(data.actors[actor].name, `actor-${data.actors[actor].colour}`, () => this.toggleActor(actor)));
    chips.push(...[...this.wanted.types].map((name) => chipElement(name || "without a type", "neutral", () => this.toggleType(name))));
    if (this.wanted.only) chips.push(chipElement("what this step shows", "neutral", () => this.showBeyondStep()));
    if (chips.length) chips.push(buttonElement("link", "Show all", () => this.clearFilter()));
    $id("chips").replaceChildren(...chips);
    $id("chips").hidden = !chips.length;
  }

  clearFilter() {
    Object.assign(this.wanted, { actors: new Set(), types: new Set(), only: null });
    this.changed("passing");
  }

  showBeyondStep() {
    this.wanted.only = null;
    this.changed("passing");
  }

  followSearch() {
    this.hits = this.words.length ? foundAmong(this.passing, this.words) : [];
    $id("hits").textContent = this.words.length ? plural(this.hits.length, "hit") : "";
    for (const id of ["hit-before", "hit-next"]) $id(id).hidden = !this.hits.length;
    document.body.classList.toggle("searching", this.words.length > 0);
  }

  followStory() {
    const event = data.events[this.selected];
    const story = $id("story");
    document.body.classList.toggle("telling", Boolean(event || this.counted));
    const close = buttonElement("plain close", "×", () => this.select(null), { "aria-label": "Close" });
    if (event) story.replaceChildren(close, this.stepButtons(), ...storyParts(event, this.hands));
    else if (this.counted) story.replaceChildren(close, ...countParts(this.counted, this.hands));
    else story.replaceChildren(...aboutParts());
    story.scrollTop = 0;
  }

  stepButtons() {
    const before = buttonElement("plain", "‹", () => this.step(-1), { "aria-label": "Previous event" });
    return element("div", { className: "steps" }, before, buttonElement("plain", "›", () => this.step(1), { "aria-label": "Next event" }));
  }

  /** Lays the lanes out for a level; the lane at the top of the view stays there. */
  layOutAnew(level) {
    const top = this.picture.lanes.findLast((lane) => lane.top_px <= this.lanes.scrollTop);
    this.level = level;
    this.picture.setLanes(this.laidOut(level));
    $id("ground").style.height = $id("grid").style.height = `max(100%, ${this.picture.height_px}px)`;
    const same = top && this.picture.lanes.find((lane) => lane.title === top.title);
    if (same) this.lanes.scrollTop += same.top_px - top.top_px;
  }

  /** Gives the lanes of a level, which stay what they are until the filter or the width changes. */
  laidOut(level) {
    if (this.layouts.groups !== this.groups || this.layouts.width_px !== this.view.width_px) {
      this.layouts = { groups: this.groups, width_px: this.view.width_px, lanes: new Map() };
    }
    const { lanes } = this.layouts;
    if (!lanes.has(level)) lanes.set(level, layOut(this.groups, level, this.view.width_px));
    return lanes.get(level);
  }

  drawTimeline() {
    const event = data.events[this.selected];
    if (this.wantsReveal && event) this.scrollTo(event);
    this.wantsReveal = false;
    const hits = new Set(this.hits);
    const dress = (made, events) => {
      made.classList.toggle("selected", events.includes(event) || events === this.counted);
      made.classList.toggle("hit", events.some((one) => hits.has(one)));
    };
    const top_px = this.lanes.scrollTop;
    this.picture.draw(this.view, top_px - MOST_OF_LANES_PX, top_px + this.lanes.clientHeight + MOST_OF_LANES_PX, dress);
    this.picture.drawLine(this.view, event);
    drawBrush($id("brush"), this.view, $id("overview").clientWidth);
    $id("count").textContent = this.countWords();
    $id("range").textContent = rangeWords(this.view.left_s, this.view.right_s);
    $id("timeline").setAttribute("aria-label", `Timeline, ${plural(this.passing.length, "event")}`);
  }

  /** Scrolls the lanes so that an event is seen in one of them. */
  scrollTo(event) {
    const lane = this.picture.lanes[this.laneNumberOf(event)];
    if (!lane) return;
    const single = lane.singles.find((one) => one.event === event);
    const top_px = lane.top_px + LANE_HEAD_PX + (single?.row ?? lane.rows) * ROW_PX;
    const isSeen = top_px >= this.lanes.scrollTop && top_px + ROW_PX <= this.lanes.scrollTop + this.lanes.clientHeight;
    if (!isSeen) this.lanes.scrollTop = top_px - this.lanes.clientHeight / 3;
  }

  countWords() {
    const { merged, outside } = this.picture.tally(this.view, this.passing);
    const parts = [`${counted(this.passing.length)} of ${plural(data.events.length, "event")}`];
    if (merged) parts.push(`${counted(merged)} merged into counts`);
    if (outside) parts.push(`${counted(outside)} outside the view`);
    return parts.join(" · ");
  }

  followList() {
    if ($id("list").hidden) {
      this.list.clear();
      return;
    }
    this.list.mark(this.selected, new Set(this.hits.map((event) => event.number)));
    this.list.show(this.passing);
  }
}

const isNarrow = () => matchMedia("(max-width: 860px)").matches;

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Writes on the button of the theme what it leads to. */
function nameTheme() {
  $id("theme").textContent = isDark() ? "Light" : "Dark";
  $id("theme").setAttribute("aria-label", `${$id("theme").textContent} theme`);
}

/** Gives the id of an event that the address names behind its #. */
function decodedHash() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ""; // not written by this page
  }
}

/** Says which events of the files are on this page at all. */
function scopeWords() {
  const left = data.loaded - data.events.length;
  return left ? `Only events ${data.filter} (${plural(left, "other event")} not on this page)` : "";
}

function aboutParts() {
  return [
    wordsElement("h2", "", data.title),
    data.summary ? wordsElement("p", "summary", data.summary) : null,
    element("p", { className: "quiet", textContent: "Choose an event to read the words of its source." }),
  ].filter((part) => part !== null);
}

new Page().begin();
