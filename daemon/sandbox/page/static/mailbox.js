// A mailbox: the newest mail on top, each opens and can be answered; and a new mail to Murphy.

import { act } from "./act.js";
import { bound, element, hour, leftOut } from "./dom.js";
import { chips } from "./verbs.js";

const PREVIEW = 110;

export class Mailbox {
  constructor(person) {
    this.person = person;
    this.list = element("ul", { class: "mails" });
    this.older = leftOut();
    this.screen = element("div", { class: "screen", tabindex: "0", role: "group",
      "aria-label": `Mailbox of ${person.name}` },
    element("p", { class: "small soft empty" }, "No mail yet."), this.list, this.older);
    this.subject = element("input", { "aria-label": `Subject of a new mail of ${person.name}`, placeholder: "Subject",
      required: true, maxlength: "300" });
    this.words = element("textarea", { "aria-label": `Text of a new mail of ${person.name}`, placeholder: "Text",
      maxlength: "4000" });
    this.fresh = element("details", { class: "fresh-mail" }, element("summary", { class: "small" }, "New mail",
      element("span", { class: "quiet" }, ` as ${person.name}`)),
    element("form", { class: "write", onsubmit: (event) => this.submit(event) }, this.subject, this.words,
      element("button", { class: "small-button" }, "Send mail", element("span", { class: "quiet" }, ` as ${person.name}`))));
    this.element = element("div", { class: "mailbox" }, element("p", { class: "device small soft" }, "Mail ", person.email),
      this.screen, this.fresh);
  }

  add(message) {
    const [first, ...rest] = message.text.split("\n");
    const flat = (rest.length ? rest : [first]).join(" ").replace(/\s+/g, " ").trim();
    const summary = element("summary", {}, element("span", { class: "small soft when" }, hour(message.at)),
      message.mine ? element("span", { class: "small soft" }, "Sent: ") : "",
      element("span", { class: "subject" }, message.subject),
      element("span", { class: "small soft preview" }, flat.slice(0, PREVIEW)));
    const mail = element("details", { class: message.mine ? "mail mine" : "mail" }, summary,
      element("p", { class: "letter" }, message.text), message.mine ? "" : this.answer(message));
    this.list.prepend(element("li", { class: `fresh${message.mine ? "" : " unread"}` }, mail));
    bound([...this.list.children].reverse(), this.older);
    mail.addEventListener("toggle", () => mail.open && mail.parentElement.classList.remove("unread"));
  }

  answer(message) {
    const field = element("textarea", { "aria-label": `Answer of ${this.person.name} to ${message.subject}`,
      placeholder: "Answer", maxlength: "4000", rows: "2" });
    const send = async (words) => {
      const sent = words && await act({ do: "reply", who: this.person.id, message: message.number, words });
      if (sent) field.value = "";
    };
    return element("form", { class: "write", onsubmit: (event) => {
      event.preventDefault();
      send(field.value.trim());
    } }, element("div", { class: "chips" }, ...chips(message.text, field, send)), field,
    element("button", { class: "small-button" }, "Answer", element("span", { class: "quiet" }, ` as ${this.person.name}`)));
  }

  write(words) {
    const newest = this.list.querySelector(".mail:not(.mine)");
    if (!newest) return;
    newest.open = true;
    const field = newest.querySelector("textarea");
    field.value = words;
    field.focus();
  }

  async submit(event) {
    event.preventDefault();
    const action = { do: "mail", who: this.person.id, subject: this.subject.value, words: this.words.value };
    if (await act(action)) {
      event.target.reset();
      this.fresh.open = false;
    }
  }
}
