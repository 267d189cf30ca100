// What can be answered, as the message itself offers it: "Reply ACCEPT MI-1, REJECT MI-1 reason or STATUS MI-1."

import { element } from "./dom.js";

const OFFER = /(?<![\p{L}\p{N}])(\p{Lu}{3,}) ((?:MI|DR)-\d+)/gu;
const ALONE = new Set(["ACCEPT", "JOIN", "DECLINE", "STATUS", "TAKE", "SAME", "NEW", "REVIEWED", "HELP"]);
const ASKING = new Set(["ACCEPT", "JOIN"]);
const MOST = 4;

export function offers(text) {
  const found = new Map();
  for (const [, verb, number] of text.matchAll(OFFER)) found.set(verb, `${verb} ${number}`);
  return [...found].slice(0, MOST).map(([verb, words]) => ({ verb, words, alone: ALONE.has(verb) }));
}

// Whether this person is asked to decide, or to come.
export const asks = (text) => offers(text).some(({ verb }) => ASKING.has(verb));

// Buttons: a verb that needs no words is sent at once; another stands in the field, for its words.
export function chips(text, field, send) {
  return offers(text).map(({ verb, words, alone }) => element("button", { type: "button", class: "plain chip", title: words,
    onclick: () => {
      if (alone) return send(words);
      field.value = `${words} `;
      return field.focus();
    } }, alone ? verb : `${verb}…`));
}
