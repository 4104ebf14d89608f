// The lists of actors and types that a reader filters by, with counts, and the chips of what is chosen.

const FIND_FROM = 13; // names, from which on a field to find one helps
const FIRST_NAMES = 40;

/** A list of names to choose from, with how many events each would leave. */
class Facet {
  constructor({ heading, names, classes, isChosen, toggle, extra }) {
    Object.assign(this, { names, isChosen, limit: FIRST_NAMES, found: "" });
    this.rows = names.map((name, number) => this.row(name, number, classes(number), toggle));
    this.list = element("ul", { className: "facet" });
    this.more = buttonElement("link", "", () => this.showMore());
    this.element = element("fieldset", {}, element("legend", { textContent: heading }), extra ?? null, this.finder(heading), this.list, this.more);
  }

  row(name, number, className, toggle) {
    const box = element("input", { type: "checkbox", on: { change: () => toggle(number) } });
    const bar = element("i", { className: "share" });
    const count = element("span", { className: "figure" });
    const label = element("label", { className, title: name }, box, wordsElement("span", "name", name), element("span", { className: "bar-room", set: { "aria-hidden": "true" } }, bar), count);
    return { made: element("li", {}, label), box, bar, count, name: folded(name), number };
  }

  finder(heading) {
    if (this.names.length < FIND_FROM) return null;
    const find = (event) => {
      this.found = folded(event.target.value.trim());
      this.arrange();
    };
    return element("input", { type: "search", placeholder: "Find", on: { input: find }, set: { "aria-label": `Find in ${heading.toLowerCase()}`, spellcheck: "false" } });
  }

  showMore() {
    this.limit = Infinity;
    this.arrange();
  }

  /** Shows new counts; a row whose count is 0 is faint, and is still there to be chosen. */
  update(counts) {
    const most = Math.max(...counts, 1);
    for (const { made, box, bar, count, number } of this.rows) {
      box.checked = this.isChosen(number);
      count.textContent = counted(counts[number]);
      bar.style.width = `${(counts[number] / most) * 100}%`;
      made.classList.toggle("empty", !counts[number] && !box.checked);
    }
    this.arrange();
  }

  arrange() {
    const matching = this.rows.filter((row) => row.box.checked || row.name.includes(this.found));
    const shown = matching.slice(0, this.limit);
    this.list.replaceChildren(...shown.map((row) => row.made));
    this.more.hidden = matching.length <= shown.length;
    this.more.textContent = `Show ${counted(matching.length - shown.length)} more`;
  }
}

/** Makes the choice between events with any and with all of the chosen actors. */
function matchElement(choose) {
  const option = (value, words, checked) => {
    const button = element("input", { type: "radio", name: "match", value, checked, on: { change: () => choose(value === "all") } });
    return element("label", {}, button, words);
  };
  return element("div", { className: "match", set: { role: "group", "aria-label": "Events must have" } }, option("any", "any of these", true), option("all", "all of these", false));
}

function chipElement(text, className, remove) {
  const chip = buttonElement(`chip ${className}`, "", remove, { "aria-label": `Take away the filter ${text}` });
  chip.append(element("i", { className: "dot" }), wordsElement("span", "", text), element("span", { className: "quiet", textContent: "×" }));
  return chip;
}
