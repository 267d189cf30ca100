// Everybody of the organization: a card each, by the part that they play; those with something new come first.

import { byId, element, say } from "./dom.js";
import { Mailbox } from "./mailbox.js";
import { Phone } from "./phone.js";
import { asks, offers } from "./verbs.js";

const cards = new Map();
const parts = new Map();
let filter = "all", fresh = false, newest = -1;

class Card {
  constructor(person, place) {
    this.person = person;
    this.place = place;
    this.unread = 0;
    this.first = Infinity;
    this.title = element("h3", { id: `name-${place}` }, person.name);
    this.badge = element("span", { class: "badge new", hidden: true });
    this.asked = element("span", { class: "badge proposed", hidden: true }, "is asked");
    this.phone = person.phone ? new Phone(person) : null;
    this.mailbox = person.email ? new Mailbox(person) : null;
    this.body = element("div", { class: "devices", id: `devices-${place}`, hidden: true },
      this.phone?.element, this.mailbox?.element);
    this.toggle = element("button", { type: "button", class: "fold", "aria-expanded": "false",
      "aria-controls": `devices-${place}`, onclick: () => this.open(this.body.hidden) },
    this.title, element("span", { class: "small soft" }, [person.lists, person.language].filter(Boolean).join(" · ")),
    element("span", { class: "badges" }, this.asked, this.badge));
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
    this.first = Math.min(this.first, message.number);
    if (this.body.hidden && !this.unread) this.open(true);
    if (message.mine || offers(message.text).length) this.asked.hidden = message.mine || !asks(message.text);
    if (!fresh || message.mine || this.element.contains(document.activeElement)) return;
    this.unread += 1;
    this.show();
  }

  read() {
    if (!this.unread) return;
    this.unread = 0;
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

// From here on what comes is new: what came before was there when the page was opened.
export function live() {
  fresh = true;
}

// `again`: the same organization, after the connection was lost; what is there stays, half-written words too.
export function begin(world, again) {
  fresh = again;
  if (again) return;
  newest = -1;
  cards.clear();
  parts.clear();
  world.people.forEach((person, place) => cards.set(person.id, new Card(person, place)));
  byId("parts").replaceChildren(...world.parts.map(({ name, label, short }) => {
    const mine = [...cards.values()].filter((card) => card.person.part === name);
    const grid = element("div", { class: "people" }, ...mine.map((card) => card.element));
    const section = element("section", { class: "part", "aria-labelledby": `part-${name}`, hidden: !mine.length },
      element("h2", { id: `part-${name}` }, label), grid);
    parts.set(name, { section, grid, label: short, cards: mine });
    return section;
  }));
  filter = "all";
  filters();
}

export function messages(list) {
  for (const message of list) {
    if (message.number <= newest) continue;
    newest = message.number;
    cards.get(message.who)?.take(message);
  }
  filters();
  order();
}

// Who has heard of something comes before those who have not; then all stay in their places. Nothing moves under a
// pointer or a caret: a click there would be lost.
function order() {
  for (const { grid, cards: mine } of parts.values()) {
    if (grid.matches(":hover") || grid.contains(document.activeElement)) continue;
    const wanted = [...mine].sort((one, other) => (one.first === other.first ? one.place - other.place
      : one.first - other.first)).map((card) => card.element);
    if (wanted.some((card, place) => grid.children[place] !== card)) grid.append(...wanted);
  }
}

function filters() {
  const all = [...cards.values()];
  const news = all.filter((card) => card.unread).length;
  const choices = [["all", `Everybody (${all.length})`], ["new", `New (${news})`],
    ...[...parts].filter(([, part]) => part.cards.length).map(([name, part]) => [name, part.label])];
  const place = byId("filters");
  if (place.childElementCount !== choices.length + 1) {
    place.replaceChildren(...choices.map(([name]) => element("button", { type: "button", class: "plain chip",
      "data-filter": name, onclick: () => choose(name) })),
    element("button", { type: "button", class: "link small", onclick: readAll }, "All read"));
  }
  choices.forEach(([name, words], number) => {
    const button = place.children[number];
    say(button, words);
    button.setAttribute("aria-pressed", String(filter === name));
  });
  place.lastElementChild.disabled = !news;
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

// A person's card comes into view, with words in the phone's field or in an answer to the newest mail, ready to be sent.
export function showPerson(who, { text, mail }) {
  const card = cards.get(who);
  if (!card) return;
  if (!card.shown) choose("all");
  card.open(true);
  card.element.scrollIntoView({ block: "nearest" });
  if (mail) card.mailbox?.write(mail);
  else card.phone?.write(text);
}
