// Everybody of the organization: a card each, by the part that they play; those with something new come first.

import { byId, element, say } from "./dom.js";
import { Mailbox } from "./mailbox.js";
import { Phone } from "./phone.js";

const cards = new Map();
const parts = new Map();
let filter = "all";

class Card {
  constructor(person, place) {
    this.person = person;
    this.place = place;
    this.unread = 0;
    this.since = Infinity;
    this.title = element("h3", { id: `name-${place}` }, person.name);
    this.badge = element("span", { class: "badge new", hidden: true });
    this.phone = person.phone ? new Phone(person) : null;
    this.mailbox = person.email ? new Mailbox(person) : null;
    this.body = element("div", { class: "devices", id: `devices-${place}`, hidden: true },
      this.phone?.element, this.mailbox?.element);
    this.toggle = element("button", { type: "button", class: "fold", "aria-expanded": "false",
      "aria-controls": `devices-${place}`, onclick: () => this.open(this.body.hidden) },
    this.title, element("span", { class: "small soft" }, `${person.lists} · ${person.language}`), this.badge);
    this.element = element("article", { class: "card person", "aria-labelledby": `name-${place}`,
      onfocusin: () => this.read(), onpointerdown: () => this.read() }, this.toggle, this.body);
  }

  open(whether) {
    this.body.hidden = !whether;
    this.toggle.setAttribute("aria-expanded", String(whether));
    this.element.classList.toggle("open", whether);
    if (whether) this.phone?.toEnd();
  }

  take(message) {
    (message.channel === "email" ? this.mailbox : this.phone)?.add(message);
    if (this.unread === 0 && this.body.hidden) this.open(true);
    if (message.mine) return;
    if (this.element.contains(document.activeElement)) return;
    this.unread += 1;
    this.since = Math.min(this.since, message.number);
    this.show();
  }

  read() {
    if (!this.unread) return;
    this.unread = 0;
    this.since = Infinity;
    this.mailbox?.read();
    this.show();
    filters();
  }

  show() {
    this.badge.hidden = !this.unread;
    say(this.badge, this.unread ? `${this.unread} new` : "");
    this.element.classList.toggle("has-new", this.unread > 0);
  }

  get shown() {
    return filter === "all" || (filter === "new" ? this.unread > 0 : this.person.part === filter);
  }
}

// `again`: the same organization, after the connection was lost; half-written words stay.
export function begin(world, again) {
  if (again) {
    for (const card of cards.values()) {
      card.phone?.clear();
      card.mailbox?.clear();
      card.unread = 0;
      card.show();
    }
    return;
  }
  cards.clear();
  parts.clear();
  world.people.forEach((person, place) => cards.set(person.id, new Card(person, place)));
  byId("parts").replaceChildren(...world.parts.map(({ name, label }) => {
    const mine = [...cards.values()].filter((card) => card.person.part === name);
    const grid = element("div", { class: "people" }, ...mine.map((card) => card.element));
    const section = element("section", { class: "part", "aria-labelledby": `part-${name}`, hidden: !mine.length },
      element("h2", { id: `part-${name}` }, label), grid);
    parts.set(name, { section, grid, label, cards: mine });
    return section;
  }));
  filter = "all";
  filters();
}

export function messages(list) {
  for (const message of list) cards.get(message.who)?.take(message);
  filters();
  order();
}

// Not under somebody's hands: where the pointer or the caret is, all stays in its place.
function order() {
  for (const { section, grid, cards: mine } of parts.values()) {
    if (section.matches(":hover") || section.contains(document.activeElement)) continue;
    const wanted = [...mine].sort((one, other) => one.since - other.since || one.place - other.place || 0)
      .map((card) => card.element);
    if (wanted.some((card, place) => grid.children[place] !== card)) grid.append(...wanted);
  }
}

function filters() {
  const all = [...cards.values()];
  const fresh = all.filter((card) => card.unread).length;
  const choices = [["all", `Everybody (${all.length})`], ["new", `Something new (${fresh})`],
    ...[...parts].filter(([, part]) => part.cards.length).map(([name, part]) => [name, part.label])];
  const place = byId("filters");
  if (place.childElementCount !== choices.length + 1) {
    place.replaceChildren(...choices.map(([name]) => element("button", { type: "button", class: "plain chip",
      "data-filter": name, onclick: () => choose(name) })),
    element("button", { type: "button", class: "link small", onclick: readAll }, "Mark all as read"));
  }
  choices.forEach(([name, words], number) => {
    const button = place.children[number];
    say(button, words);
    button.setAttribute("aria-pressed", String(filter === name));
  });
  place.lastElementChild.disabled = !fresh;
  if (filter !== "new") show();
}

function choose(name) {
  filter = name;
  filters();
  show();
}

function show() {
  for (const { section, cards: mine } of parts.values()) {
    for (const card of mine) card.element.hidden = !card.shown;
    section.hidden = !mine.some((card) => card.shown);
  }
}

function readAll() {
  for (const card of cards.values()) card.read();
}

// A person's card comes into view, with words in the field, ready to be sent.
export function showPerson(who, text) {
  const card = cards.get(who);
  if (!card) return;
  if (!card.shown) choose("all");
  card.open(true);
  card.element.scrollIntoView({ block: "center" });
  card.phone?.write(text);
}
