// The switchboard: what can be cut, whether it is, and how Murphy itself finds it.

import { pressing } from "./act.js";
import { byId, element, say } from "./dom.js";

const SWITCHES = [["relay", "Mail relay", "mail to people"], ["mailbox", "Mailbox", "mail to Murphy"],
  ["sms", "Twilio texts", "texts both ways"], ["voice", "Twilio calls", "calls to managers who do not answer"],
  ["modem", "Modem", "texts without the internet"], ["disk", "Disk", "what Murphy remembers"],
  ["daemon", "Murphy", "the daemon itself"]];
const FOUND = { up: "works", suspect: "trying it again", down: "down", "": "" };

const rows = new Map(SWITCHES.map(([name, label, about]) => {
  const lamp = element("span", { class: "badge up" });
  const found = element("p", { class: "small found" });
  const button = element("button", { type: "button", class: "plain small-button" });
  const row = element("li", { id: `switch-${name}`, title: about }, element("strong", {}, label,
    element("span", { class: "quiet" }, `, ${about}`)), lamp, button, found);
  byId("switches").append(row);
  return [name, { label, lamp, found, button, row }];
}));

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
