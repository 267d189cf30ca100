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

const events = new EventSource("events");
const on = (kind, take) => events.addEventListener(kind, (event) => take(JSON.parse(event.data)));
let sandbox = "", run = 0;

on("begin", (world) => {
  if (sandbox && sandbox !== world.sandbox) {
    events.close();
    location.reload();
    return;
  }
  sandbox = world.sandbox;
  setZone(world.timezone);
  say(byId("zone"), world.timezone.split("/").pop().replaceAll("_", " "));
  byId("board").href = world.board;
  document.title = `Murphy's sandbox: ${world.organization}`;
  clearStory();
  begin(world, world.run === run);
  proposal(world);
  if (world.run !== run) {
    beginSwitches(world);
    beginScenarios(world);
  }
  run = world.run;
});
on("messages", messages);
on("story", story);
on("lesson", lesson);
on("clock", clock);
on("standing", (standing) => {
  live();
  dues(standing);
  switches(standing);
  scenario(standing);
  incidents(standing.incidents);
});
events.addEventListener("open", () => lost(false));
events.addEventListener("error", () => lost(true));

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
