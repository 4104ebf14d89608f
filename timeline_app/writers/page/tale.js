// A story: views of the page in an order, each with a paragraph, stepped through in a bar above the timeline.

/** Shows the steps of the story that came with the page. */
class Tale {
  constructor(page) {
    this.page = page;
    this.number = 0;
    this.before = buttonElement("plain", "‹", () => this.show(this.number - 1), { "aria-label": "Previous step", title: "Previous step  ←" });
    this.next = buttonElement("plain", "›", () => this.show(this.number + 1), { "aria-label": "Next step", title: "Next step  →" });
    this.place = element("span", { className: "quiet" });
    this.text = element("p", { className: "summary", dir: "auto" });
    const head = element("div", { className: "tale-head" }, this.before, this.place, this.next, wordsElement("h2", "", data.tale.title));
    $id("tale").replaceChildren(head, this.text);
    $id("tale").hidden = false;
    $id("tale").addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      this.show(this.number + by);
    });
  }

  /** Shows the first step, and takes the keyboard for the arrow keys. */
  begin() {
    this.show(0);
    $id("tale").focus({ preventScroll: true });
  }

  /** Brings the view of a step, and its paragraph. */
  show(number) {
    const { steps } = data.tale;
    this.number = clamp(number, 0, steps.length - 1);
    const hadKeyboard = $id("tale").contains(document.activeElement);
    const step = steps[this.number];
    if (!step) return;
    this.before.disabled = this.number === 0;
    this.next.disabled = this.number === steps.length - 1;
    // A button that is off loses the keyboard, and the arrow keys would step through events.
    if (hadKeyboard && (this.before.disabled || this.next.disabled)) $id("tale").focus({ preventScroll: true });
    this.place.textContent = `${this.number + 1} of ${steps.length}`;
    this.text.textContent = step.text ?? "";
    const { page } = this;
    page.wanted = Object.assign(noFilter(), { only: step.only ? new Set(step.only) : null });
    if (groupings().includes(step.lanes)) page.grouping = $id("grouping").value = step.lanes;
    page.changed("passing");
    page.select(step.selected ?? null);
    if (step.view) page.setView(step.view[0], (step.view[1] - step.view[0]) / page.view.width_px);
    else page.fit();
  }
}
