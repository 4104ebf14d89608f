// Small helpers for elements. Text of events only ever goes through textContent.

const $id = (id) => document.getElementById(id);

/** Makes an element with properties, attributes (in `set`) and children; texts among them become text nodes. */
function element(tag, { set = {}, on = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(set)) made.setAttribute(name, value);
  for (const [name, listener] of Object.entries(on)) made.addEventListener(name, listener);
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Makes an element for words of a file, whose direction is their own. */
const wordsElement = (tag, className, text) => element(tag, { className, dir: "auto", textContent: text });

/** Makes a link that shows its whole address and tells the other side nothing. */
function linkElement(href, shown) {
  return element("a", { className: "address", href, rel: "noopener noreferrer", target: "_blank", dir: "ltr", textContent: shown });
}

function buttonElement(className, text, press, set = {}) {
  return element("button", { type: "button", className, textContent: text, set, on: { click: press } });
}

const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

const digitGroups = new Intl.NumberFormat("en-GB"); // made once: it takes longer to make than a whole list to write

/** Groups the digits of a count: 5,000. */
const counted = (number) => digitGroups.format(number);

const plural = (number, one, many = `${one}s`) => `${counted(number)} ${number === 1 ? one : many}`;
