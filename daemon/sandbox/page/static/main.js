// The page of the sandbox: everything comes by one stream of events, everything goes by act().

import { lost } from "./act.js";
import { clock, dues } from "./clock.js";
import { byId, element, hour, say, setZone } from "./dom.js";
import { lesson } from "./lesson.js";
import { begin, live, messages } from "./people.js";
import { openProposal, proposal } from "./proposal.js";
import { beginScenarios, scenario } from "./scenario.js";
import { clearStory, story } from "./story.js";
import { beginSwitches, switches } from "./switches.js";

let events = null, sandbox = "", run = 0;

// A browser has six connections to one server: tabs that nobody sees take none.
function listen() {
  if (events || document.hidden) return;
  events = new EventSource("events");
  for (const [kind, take] of Object.entries({ begin: world, messages, story, lesson, clock, standing })) {
    events.addEventListener(kind, (event) => take(JSON.parse(event.data)));
  }
  events.addEventListener("open", () => lost(false));
  events.addEventListener("error", () => lost(true));
}

function leave() {
  events?.close();
  events = null;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) leave();
  else listen();
});

function world(is) {
  if (sandbox && sandbox !== is.sandbox) {
    leave();
    location.reload();
    return;
  }
  sandbox = is.sandbox;
  setZone(is.timezone);
  say(byId("zone"), is.timezone.split("/").pop().replaceAll("_", " "));
  byId("board").href = is.board;
  document.title = `Murphy's sandbox: ${is.organization}`;
  clearStory();
  begin(is, is.run === run);
  proposal(is);
  if (is.run !== run) {
    beginSwitches(is);
    beginScenarios(is);
  }
  run = is.run;
}

function standing(is) {
  live();
  dues(is);
  switches(is);
  scenario(is);
  incidents(is.incidents);
}

byId("propose").addEventListener("click", () => openProposal());

let shown = "";

function incidents(list) {
  const now = JSON.stringify(list);
  if (now === shown) return;
  shown = now;
  const place = byId("incidents");
  place.replaceChildren(...list.map(incident), ...(list.length ? [] : [element("p", { class: "soft" },
    "Nothing has happened. All is well at the organization.")]));
}

function incident({ id, status, title, about, next }) {
  const line = element("p", {}, element("span", { class: `badge ${status}` }, `${id} ${status}`), " ",
    element("strong", {}, title), about ? " · " : "", about, next ? ` ${hour(next)}` : "");
  return line;
}

listen();
