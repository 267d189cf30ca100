"use strict";

// The page is whole without this. With it, it counts down, and takes in what has changed without a reload.

const body = document.body;
const ahead = (page) => Date.parse(page.dataset.now) - Date.now();
const made = (page) => [...page.querySelectorAll("link, script")].map((e) => e.getAttribute("href") || e.getAttribute("src")).join();
let behind = ahead(body);
let version = body.dataset.version;
let source = null;
let looked = 0;
let next;
let refreshing = Promise.resolve();

function span(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(Math.floor(seconds) % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

function count() {
  for (const element of document.querySelectorAll("[data-left]")) {
    const left = (Date.parse(element.dataset.left) - Date.now() - behind) / 1000;
    element.textContent = left >= 0 ? `in ${span(left)}` : `late by ${span(-left)}`;
    element.classList.toggle("late", left < 0);
  }
}

function replace(old, next) {
  const open = new Set([...old.querySelectorAll("details[open][id]")].map((element) => element.id));
  const known = new Set([...old.querySelectorAll("[data-key]")].map((element) => element.dataset.key));
  const focused = document.activeElement;
  const place = old.contains(focused) ? [...old.querySelectorAll("a, button, [tabindex]")].indexOf(focused) : -1;
  const scrolled = [...old.querySelectorAll(".scroll")].map((element) => element.scrollLeft);
  old.replaceChildren(...next.childNodes);
  for (const element of old.querySelectorAll("details[id]")) element.open = open.has(element.id);
  for (const element of old.querySelectorAll("[data-key]")) {
    if (known.size && !known.has(element.dataset.key)) element.classList.add("fresh");
  }
  old.querySelectorAll(".scroll").forEach((element, n) => { element.scrollLeft = scrolled[n] || 0; });
  if (place >= 0) old.querySelectorAll("a, button, [tabindex]")[place]?.focus({ preventScroll: true });
}

async function refresh() {
  let answer;
  try {
    answer = await fetch(location.href, { redirect: "manual", cache: "no-store" });
  } catch {
    return;
  }
  if (answer.type === "opaqueredirect" || [403, 404].includes(answer.status)) return location.reload();
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.body.dataset.version) return;
  if (made(page) !== made(document)) return location.reload();
  behind = ahead(page.body);
  for (const next of page.querySelectorAll("[data-live]")) {
    const old = document.getElementById(next.id);
    if (old && old.innerHTML !== next.innerHTML && shown.get(next.id) !== next.innerHTML) {
      shown.set(next.id, next.innerHTML);
      replace(old, next);
    }
  }
  version = page.body.dataset.version;
  document.title = page.title;
  const news = document.getElementById("news");
  const said = page.getElementById("news").dataset.news;
  if (news.dataset.news !== said) news.textContent = news.dataset.news = said;
  count();
}

const shown = new Map([...document.querySelectorAll("[data-live]")].map((element) => [element.id, element.innerHTML]));

function changed() {
  const wait = looked + body.dataset.apart * 1000 - Date.now();
  next ??= setTimeout(() => {
    next = undefined;
    looked = Date.now();
    refreshing = refreshing.then(refresh).catch(() => {});
  }, Math.max(0, wait));
}

function stale(is) {
  const mark = document.getElementById("stale");
  if (is) {
    stale.timer ??= setTimeout(() => { mark.hidden = false; }, 5000);
  } else {
    clearTimeout(stale.timer);
    stale.timer = undefined;
    mark.hidden = true;
  }
}

function listen() {
  if (source || document.hidden) return;
  const url = new URL(body.dataset.events, location.href);
  url.searchParams.set("since", version);
  source = new EventSource(url);
  source.addEventListener("open", () => stale(false));
  source.addEventListener("changed", changed);
  source.addEventListener("error", () => {
    stale(true);
    if (source.readyState !== EventSource.CLOSED) return;
    source = null;
    changed();
    setTimeout(listen, 15000);
  });
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    source?.close();
    source = null;
  } else {
    changed();
    listen();
  }
});

count();
setInterval(count, 1000);
setInterval(() => { if (!document.hidden) changed(); }, 60000);
listen();
