// The switchboard: what can be cut, whether it is, and how Murphy itself finds it.

import { pressing } from "./act.js";
import { byId, element, say } from "./dom.js";

const FOUND = { up: "works", suspect: "trying it again", down: "down", "": "" };

const rows = new Map();

export function beginSwitches(world) {
  rows.clear();
  for (const { name, label, about } of world.switches) {
    const lamp = element("span", { class: "badge up" });
    const found = element("p", { class: "small found" });
    const button = element("button", { type: "button", class: "plain small-button" });
    const row = element("li", { id: `switch-${name}`, title: about }, element("strong", {}, label,
      element("span", { class: "quiet" }, `, ${about}`)), lamp, button, found);
    rows.set(name, { label, lamp, found, button, row });
  }
  byId("switches").replaceChildren(...[...rows.values()].map(({ row }) => row));
}

export function switches({ lamps, alive, held }) {
  for (const [name, { label, lamp, found, button }] of rows) {
    const { cut, found: state, why } = lamps[name];
    const daemon = name === "daemon";
    lamp.className = `badge ${cut ? "down" : "up"}`;
    say(lamp, cut ? (daemon ? "killed" : "cut") : (daemon ? "runs" : "works"));
    const words = cut ? (daemon ? "Start" : "Restore") : (daemon ? "Kill" : "Cut");
    say(button, words);
    button.setAttribute("aria-label", `${words}: ${label}`);
    button.onclick = () => pressing(button, { do: "switch", name, whole: cut });
    const differs = !daemon && alive && (cut ? "down" : "up") !== state;
    say(found, daemon || !alive || (!cut && state === "up") ? "" : seen(state, why, differs && cut));
    found.className = `small found ${state}`;
  }
}

function seen(state, why, unnoticed) {
  if (unnoticed && state === "up") return "Murphy has not noticed yet: nothing has used it since.";
  return `Murphy: ${FOUND[state]}${state === "down" && why ? ` (${why})` : ""}`;
}

export function showSwitch(name) {
  const { row, button } = rows.get(name);
  row.scrollIntoView({ block: "center" });
  row.classList.remove("shown");
  requestAnimationFrame(() => row.classList.add("shown"));
  button.focus();
}
