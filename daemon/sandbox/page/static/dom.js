// Elements without a word of HTML in a string: whatever people wrote stays text.

export const byId = (id) => document.getElementById(id);

// element("p", { class: "soft", hidden: true, onclick: f }, "words", child)
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

// Only what has changed: a screen reader or a caret in it is left alone.
export function say(place, words) {
  if (place.textContent !== words) place.textContent = words;
}

const MOST = 40;

// Of more than these, oldest first, the oldest are taken away, and `note` says so. What is open or in use stays.
export function bound(elements, note) {
  const over = elements.slice(0, Math.max(0, elements.length - MOST)).filter((one) =>
    !one.querySelector("details[open]") && !one.contains(document.activeElement));
  for (const one of over) one.remove();
  if (over.length) note.hidden = false;
}

export const leftOut = () => element("p", { class: "small soft left-out", hidden: true }, "Older ones are left out.");

let zone = "UTC";

export function setZone(name) {
  zone = name;
}

const format = (at, options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(new Date(at));

export const hour = (at) => format(at, { hour: "2-digit", minute: "2-digit" });
export const second = (at) => format(at, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
export const weekday = (at) => format(at, { weekday: "short", hour: "2-digit", minute: "2-digit" });

// Milliseconds as "in 4 min 10 s".
export function until(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const days = Math.floor(seconds / 86400);
  if (days) return `in ${days} ${days === 1 ? "day" : "days"}`;
  const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60;
  if (hours) return `in ${hours} h ${minutes} min`;
  return minutes ? `in ${minutes} min ${seconds % 60} s` : `in ${seconds} s`;
}
