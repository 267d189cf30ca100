// A phone: texts both ways as bubbles, calls with their keys, and a field to text Murphy.

import { act, pressing } from "./act.js";
import { bound, element, hour, leftOut } from "./dom.js";
import { chips } from "./verbs.js";

export class Phone {
  constructor(person) {
    this.person = person;
    this.by = "sms";
    this.list = element("ul", { class: "bubbles" });
    this.older = leftOut();
    this.screen = element("div", { class: "screen", tabindex: "0", role: "group", "aria-label": `Phone of ${person.name}` },
      element("p", { class: "small soft empty" }, "No texts or calls yet."), this.older, this.list);
    this.chips = element("div", { class: "chips" });
    this.field = element("input", { "aria-label": `Text Murphy as ${person.name}`, placeholder: "Text Murphy",
      maxlength: "1600", autocomplete: "off" });
    this.button = element("button", { class: "small-button" }, "Send",
      element("span", { class: "quiet" }, ` text as ${person.name}`));
    this.element = element("div", { class: "phone" }, element("p", { class: "device small soft" }, "Phone ", person.phone),
      this.screen, this.chips,
      element("form", { class: "say", onsubmit: (event) => this.submit(event) }, this.field, this.button));
  }

  add(message) {
    const call = message.channel === "voice";
    if (call && !message.mine) this.list.querySelectorAll(".keys").forEach((keys) => keys.remove());
    const bubble = element("li", { class: `bubble fresh${message.mine ? " mine" : ""}${call ? " call" : ""}` },
      call && !message.mine ? element("strong", {}, "Call: ") : "", message.text,
      message.keys ? this.keys() : "",
      element("span", { class: "small soft when" }, hour(message.at), message.channel === "gsm" ? " · by the modem" : ""));
    this.list.append(bubble);
    bound([...this.list.children], this.older);
    if (!message.mine && !call) {
      this.by = message.channel;
      this.chips.replaceChildren(...chips(message.text, this.field, (words) => this.send(words)));
    }
    this.toEnd();
  }

  keys() {
    const key = (name) => element("button", { type: "button", class: "small-button",
      "aria-label": `Press ${name} as ${this.person.name}`,
      onclick: (event) => pressing(event.currentTarget, { do: "press", who: this.person.id, key: name }) }, name);
    return element("span", { class: "keys" }, "Press ", key("1"), " ", key("2"));
  }

  async submit(event) {
    event.preventDefault();
    const words = this.field.value.trim();
    if (words && await this.send(words)) this.field.value = "";
  }

  send(words) {
    return act({ do: "text", who: this.person.id, words, by: this.by });
  }

  write(words) {
    this.field.value = words;
    this.field.focus();
  }

  toEnd() {
    this.screen.scrollTop = this.screen.scrollHeight;
  }
}
