// The scenarios, one step at a time: what happens, and what is to be seen of it.

import { pressing } from "./act.js";
import { byId, element } from "./dom.js";

const place = byId("scenario-body");
let shown = "", offered = [];

export function beginScenarios(world) {
  offered = world.scenarios;
  shown = "";
}

export function scenario({ scenario: state }) {
  const now = JSON.stringify(state);
  if (now === shown) return;
  shown = now;
  const focused = place.contains(document.activeElement);
  place.replaceChildren(...(state ? steps(state) : choices()));
  if (focused) (place.querySelector("button:not(:disabled)") || byId("scenario-title")).focus();
}

function choices() {
  return [element("div", { class: "row" },
    ...offered.map(({ name, label }) => button(label, { do: "anew", scenario: name }, "plain small-button")),
    button("Begin anew", { do: "anew" }, "link small"))];
}

function steps(state) {
  const { last, next, done, busy, missing } = state;
  return [
    element("p", { class: "small soft" }, `${state.about} Step ${done} of ${state.steps}.`),
    last && element("div", { class: "note small" }, element("p", {}, element("strong", {}, last.happens)),
      element("p", {}, last.seen)),
    missing.length > 0 && element("p", { class: "note warning small" },
      "It went another way than the script: you have joined in. ", missing[missing.length - 1].slice(0, 200)),
    next && element("p", { class: "small" }, element("span", { class: "soft" }, "Next: "), next),
    next ? button(busy ? "It happens…" : "Next step", { do: "step" }, "small-button", busy)
      : element("p", {}, "This was all of it. Now the organization is yours: go on, or begin anew."),
    element("p", {}, button("Leave the scenario, and begin anew", { do: "anew" }, "link small")),
  ].filter(Boolean);
}

function button(words, action, look, disabled = false) {
  const made = element("button", { type: "button", class: look, disabled }, words);
  made.addEventListener("click", () => pressing(made, action));
  return made;
}
