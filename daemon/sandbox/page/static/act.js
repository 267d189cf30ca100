// The one way in which the page acts. What cannot be done is said at the foot of the page.

import { byId, say } from "./dom.js";

const token = document.querySelector("meta[name=token]").content;
const SHOWN = 8000;
const GONE = "The sandbox does not answer. Is it still running in the terminal?";
let hiding = 0;

export async function act(action) {
  trouble("");
  try {
    const answer = await fetch("act", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Sandbox-Token": token },
      body: JSON.stringify(action),
    });
    if (answer.ok) return true;
    const said = await answer.json().catch(() => ({}));
    trouble(said.trouble || "That went wrong within the sandbox: begin anew, or start it again.");
  } catch {
    trouble(GONE);
  }
  return false;
}

export function trouble(words) {
  const place = byId("trouble");
  clearTimeout(hiding);
  say(place, words);
  place.hidden = !words;
  if (words) hiding = setTimeout(() => trouble(""), SHOWN);
}

// The stream of events has ended, or is there again: the browser tries by itself.
export function lost(whether) {
  const place = byId("trouble");
  if (whether) {
    trouble(GONE);
    clearTimeout(hiding);
  } else if (place.textContent === GONE) trouble("");
}

// While it is under way the button cannot be pressed again.
export async function pressing(button, action) {
  button.disabled = true;
  try {
    return await act(action);
  } finally {
    button.disabled = false;
  }
}
