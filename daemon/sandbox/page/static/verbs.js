// What can be answered, as the message itself offers it: "Reply ACCEPT MI-1, REJECT MI-1 reason or STATUS MI-1."

import { element } from "./dom.js";

const OFFER = /(?<![\p{L}\p{N}])(\p{Lu}{3,}) ((?:MI|DR)-\d+)(?! ?[.,:]? ?\p{Lu}{2})/gu;
const ALONE = new Set(["ACCEPT", "JOIN", "DECLINE", "STATUS", "TAKE", "SAME", "NEW", "REVIEWED", "HELP",
  "AANVAARD", "ACCEPTEER", "DEELNEMEN", "REJOINDRE", "ACCEPTER"]);
const MOST = 4;

export function offers(text) {
  const found = new Map();
  for (const [, verb, number] of text.matchAll(OFFER)) found.set(verb, `${verb} ${number}`);
  return [...found].slice(0, MOST).map(([verb, words]) => ({ words, alone: ALONE.has(verb) }));
}

// Buttons: a verb that needs no words is sent at once; another stands in the field, for its words.
export function chips(text, field, send) {
  return offers(text).map(({ words, alone }) => element("button", { type: "button", class: "plain chip",
    onclick: () => {
      if (alone) return send(words);
      field.value = `${words} `;
      return field.focus();
    } }, alone ? words : `${words}…`));
}
