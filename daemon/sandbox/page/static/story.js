// What happens, newest first: what people say, what Murphy sends and finds, what is cut. The screen reader hears the
// last line, and not more than one in a few seconds.

import { byId, element, hour, say } from "./dom.js";

const MOST = 200;
const QUIET_FOR = 4000;
const list = byId("lines");
const lines = new Map();
let toTell = "", waiting = 0;

export function clearStory() {
  lines.clear();
  list.replaceChildren();
}

export function story(changed) {
  for (const line of changed) {
    const known = lines.get(line.number);
    if (known) {
      say(known.querySelector(".words"), line.words);
      if (line.detail) say(known.querySelector(".detail"), line.detail);
      continue;
    }
    const made = element("li", { class: `${line.kind} fresh` }, element("time", { class: "small soft", datetime: line.at },
      hour(line.at)), element("div", {}, element("span", { class: "words" }, line.words),
      line.detail ? element("span", { class: "small soft detail" }, line.detail) : ""));
    lines.set(line.number, made);
    list.prepend(made);
  }
  while (lines.size > MOST) {
    const oldest = lines.keys().next().value;
    lines.get(oldest).remove();
    lines.delete(oldest);
  }
  tell(changed[changed.length - 1].words);
}

function tell(words) {
  toTell = words;
  if (waiting) return;
  waiting = setTimeout(() => {
    waiting = 0;
    say(byId("live"), toTell);
  }, QUIET_FOR);
}
