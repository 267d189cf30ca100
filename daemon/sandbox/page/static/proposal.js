// Proposing an incident: a form with an example in it, by mail or by text.

import { act } from "./act.js";
import { byId, element } from "./dom.js";

const dialog = byId("proposal");
const field = (name) => byId(`proposal-${name}`);

export function proposal(world) {
  const chosen = field("who").value;
  field("who").replaceChildren(...world.people.map((person) => element("option", { value: person.id },
    person.lists ? `${person.name} (${person.lists})` : person.name)));
  field("who").value = chosen || world.people.find((person) => person.part === "desk")?.id || world.people[0].id;
  field("service").replaceChildren(element("option", { value: "" }, "not said"),
    ...world.services.map((service) => element("option", { value: service.name }, service.label)));
  field("service").value = "webshop";
}

export function openProposal(name) {
  const option = [...field("who").options].find((one) => name && one.textContent.startsWith(name));
  if (option) field("who").value = option.value;
  dialog.showModal();
  field("subject").focus();
}

field("by").addEventListener("change", () => {
  byId("proposal-mail").hidden = field("by").value === "text";
});
field("close").addEventListener("click", () => dialog.close());
dialog.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const action = { do: "propose", who: field("who").value, by: field("by").value, subject: field("subject").value };
  if (action.by === "mail") {
    Object.assign(action, { service: field("service").value, impact: field("impact").value, words: field("words").value });
  }
  dialog.close();
  act(action);
});
