// The first steps: one line, that goes on as they are done. A scenario needs none.

import { byId, element } from "./dom.js";
import { showPerson } from "./people.js";
import { openProposal } from "./proposal.js";
import { showSwitch } from "./switches.js";

const place = byId("lesson");
let hidden = false, shown = "";

export function lesson(state) {
  const now = JSON.stringify(state);
  if (now === shown) return;
  shown = now;
  const focused = place.contains(document.activeElement);
  place.hidden = hidden || !state;
  if (!state) return;
  place.replaceChildren(element("ol", { class: "tasks" }, ...state.tasks.map((task, number) => element("li", {
    class: task.done ? "done" : number === state.current ? "current" : "",
    "aria-current": number === state.current ? "step" : null,
  }, task.title, task.done ? element("span", { class: "quiet" }, " (done)") : ""))), ...words(state));
  if (focused) place.querySelector("button")?.focus();
}

function words(state) {
  const close = element("button", { type: "button", class: "link small", onclick: hide }, "Hide");
  if (state.current === null) {
    return [element("p", {}, element("strong", {}, "That was an incident, from the proposal to the review. "),
      "Go on: leave a proposal unanswered and let time pass, press a key in a call, cut two things at once, "
      + "look at the board, or step through a scenario."), close];
  }
  return [element("p", {}, element("strong", {}, `${state.current + 1}. `), state.words),
    element("button", { type: "button", class: "small-button", onclick: () => show(state.show) }, "Show me"), close];
}

function hide() {
  hidden = true;
  place.hidden = true;
}

function show(what) {
  if (what.propose) openProposal(what.propose);
  else if (what.switch) showSwitch(what.switch);
  else showPerson(what.who, what);
}
