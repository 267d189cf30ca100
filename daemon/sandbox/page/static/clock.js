// The clock of the procedure: how late it is, how fast time passes, what falls due next.

import { act, pressing } from "./act.js";
import { byId, element, say, second, until, weekday } from "./dom.js";

const SPEEDS = [[0, "Pause", "Time stands still"], [1, "1×", "As fast as real time"],
  [10, "10×", "Ten times as fast"], [60, "60×", "A minute takes a second"]];

let now = 0, due = null, held = false;

const buttons = SPEEDS.map(([speed, words, about]) => element("button", {
  type: "button", class: "plain", title: about, "aria-label": `${words}: ${about}`, "aria-pressed": "false",
  onclick: () => act({ do: "speed", speed }),
}, words));
byId("speeds").append(...buttons);
byId("next").addEventListener("click", (event) => pressing(event.currentTarget, { do: "next" }));

export function clock(at) {
  now = Date.parse(at);
  const place = byId("clock");
  place.dateTime = at;
  say(place, second(at));
  showDue();
}

export function dues(standing) {
  ({ due, held } = standing);
  SPEEDS.forEach(([speed], place) => {
    buttons[place].setAttribute("aria-pressed", String(standing.speed === speed));
    buttons[place].disabled = held;
  });
  byId("next").disabled = held || !due;
  showDue();
}

function showDue() {
  if (held) say(byId("due"), "The scenario says when time passes.");
  else if (!due) say(byId("due"), "Nothing is due.");
  else say(byId("due"), `${weekday(due.at)}, ${until(Date.parse(due.at) - now)}: ${due.what}`);
}
