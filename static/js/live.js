// Keeps a page true: puts in what the socket sends, fetches its regions again when something may
// have been missed, and says since when it knows nothing. docs/live.md tells the whole story.
//
// It never moves the focus, the selection, what is being read, or a text that is being typed.
const root = document.querySelector("[data-live-topic]");
const isDisplay = /^display/.test(root?.dataset.liveAs); // one of a meeting's displays is "display-3"
const status = document.querySelector("[data-live-status]");
const isHasty = isDisplay || root?.dataset.liveAs === "voting"; // must know within 5 s that nothing comes
const STALE = isHasty ? 4300 : 20000; // ms without a sign of life (heartbeats: 2 s and 15 s)
const POLL = 15000;
const KEPT = 2500; // ms after which no cache holds an older answer
const LONGEST_PAUSE = isHasty ? 2500 : 30000;
const MINE = /^(hidden|open|disabled|data-said|aria-(pressed|expanded))$/; // set by scripts, not by the server
const byId = (id) => document.getElementById(id);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

let seq = Number(root?.dataset.liveSeq ?? 0); // up to where this page has been told
let socket, heard, tried, polled, retry, told, dueAt, doubt;
let ahead = Date.now() - performance.now(); // the server's time at this page's zero, as of its last word
let failures = 0;
let arrived = 0;
let wanted = 0; // the seq that a fetch under way must reach
let fetching = false;
let behind = false; // something is known to have changed, and could not be fetched yet
let lately = []; // the figures that the socket has told in the last minute, and when
let followed = -Infinity; // when the socket last drew what follows from figures

function say(state) {
  if (!status || status.dataset.state === state) return;
  const before = status.dataset.state;
  status.hidden = false;
  status.dataset.state = state;
  if (state === "lost") announce(status.dataset.sayLost);
  else if (before === "lost") announce(status.dataset.sayLive);
}

function announce(words) {
  const place = status?.querySelector("[data-live-announce]");
  if (place && words) place.textContent = words;
}

let clock; // made once: it costs some 20 ms
const CLOCK = { timeZone: "Europe/Kyiv", hourCycle: "h23", hour: "numeric", minute: "numeric", second: "numeric" };

function updated(moment) {
  const time = moment ? new Date(moment) : new Date();
  clock ??= new Intl.DateTimeFormat(document.documentElement.lang, CLOCK);
  const text = clock.format(time);
  for (const place of document.querySelectorAll("[data-live-time]")) {
    const shown = document.createElement("time");
    shown.dateTime = time.toISOString();
    shown.textContent = text;
    place.replaceChildren(shown);
  }
}

// --- the page ---------------------------------------------------------------------------------

/** Changes the page while what is typed or read stays where it is on the screen. */
function steadily(change) {
  const active = document.activeElement;
  const read = whatIsRead();
  const held = active && !active.contains(read) && onScreen(active) ? active : read;
  const near = [];
  for (let node = held; node && root.contains(node); node = node.parentElement) near.push([node, topOf(node)]);
  document.documentElement.style.overflowAnchor = "none"; // it is done here, in every browser
  change();
  const kept = near.find(([node]) => node.isConnected);
  const moved = kept ? topOf(kept[0]) - kept[1] : 0;
  if (moved) scrollBy({ top: moved, behavior: "instant" });
  document.documentElement.style.overflowAnchor = "";
}

/** What stands a third down the screen, or the next thing below that no list grows inside of. */
function whatIsRead() {
  for (let part = 0.35; part < 1; part += 0.04) {
    const node = document.elementFromPoint(innerWidth / 2, innerHeight * part);
    if (node && !node.matches("[data-live-list]") && !node.querySelector("[data-live-list]")) return node;
  }
  return null;
}

const topOf = (node) => node.getBoundingClientRect().top;
function onScreen(node) {
  const box = node.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}

function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/** Somebody types in here, or may have typed: it is theirs until they are done. */
const THEIRS = "form, input:focus, textarea:focus, select:focus, [contenteditable]:focus, [data-live-keep]";
const isTheirs = (node) => node.matches(THEIRS) || !!node.querySelector(THEIRS);

function dress(node) {
  window.htmx?.process(node);
  node.dispatchEvent(new CustomEvent("live:changed", { bubbles: true }));
}

/** Makes `old` equal to `fresh`, by ids, and leaves alone what is somebody's own. */
function morph(old, fresh) {
  if (old.isEqualNode(fresh) || old.matches("form, [data-live-keep]")) return;
  for (const { name, value } of fresh.attributes)
    if (!MINE.test(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes])
    if (!MINE.test(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  if (!fresh.firstElementChild && !isTheirs(old)) {
    if (old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
    return;
  }
  let place = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const same = child.id ? [...old.children].find((one) => one.id === child.id) : twin(place, child);
    if (!same) {
      old.insertBefore(child, place);
      if (child.nodeType === 1) dress(child);
    } else {
      while (place && place !== same) place = drop(place);
      if (same.nodeType === 1) morph(same, child);
      else if (same.data !== child.data) same.data = child.data;
      place = same.nextSibling;
    }
  }
  while (place) place = drop(place);
}

/** The next node without an id that can become `child`; what is somebody's own is stepped over. */
function twin(place, child) {
  while (place && place.nodeType === 1 && !place.id && isTheirs(place) && !place.isEqualNode(child)) place = place.nextSibling;
  return place && !place.id && place.nodeName === child.nodeName ? place : null;
}

function drop(node) {
  const next = node.nextSibling;
  if (node.nodeType !== 1 || !isTheirs(node)) node.remove();
  return next;
}

function put(change) {
  const { target, swap, list, html } = change;
  document.dispatchEvent(new CustomEvent("live:put", { detail: change }));
  const old = byId(target);
  if (swap === "remove") old?.remove();
  else if (old) {
    morph(old, parsed(html).firstElementChild);
    dress(old);
  } else if (list) {
    const fresh = parsed(html).firstElementChild;
    const place = [...document.querySelectorAll(`[data-live-list="${list}"]`)].find((one) => takes(one, fresh));
    if (!place) return;
    fresh.dataset.liveNew = "";
    place.prepend(fresh);
    arrived += 1;
    dress(fresh);
  }
}

/** Only the first page of the newest has its top free, and a filtered list takes what it filters. */
function takes({ dataset: { liveOrder, liveClause, liveKind, liveVoice, liveLaterPage } }, { dataset }) {
  return (liveOrder ?? "newest") === "newest" && liveLaterPage === undefined
    && (!liveClause || liveClause === dataset.clause) && (!liveKind || liveKind === dataset.kind)
    && (!liveVoice || liveVoice === dataset.voice);
}

/** A figure as the server writes it (the filter `thousands`). */
const between = document.documentElement.lang === "en" ? "," : "\u00a0";
const written = (figure) => String(figure).replace(/\B(?=(\d{3})+$)/g, between);

const isStill = matchMedia("(prefers-reduced-motion: reduce)");
const counting = new WeakMap(); // a place: the figure it counts up to

/** Counts a figure up to `figure`, so that one sees signatures arrive; at once where nobody may or can see it. */
function countTo(place, figure) {
  const from = Number(place.textContent.replace(/\D/g, ""));
  counting.set(place, figure);
  if (isStill.matches || document.hidden || figure <= from) return void (place.textContent = written(figure));
  const began = performance.now();
  let shown = place.textContent;
  requestAnimationFrame(function step(now) {
    if (counting.get(place) !== figure || place.textContent !== shown) return; // another one has arrived
    const part = Math.min(1, Math.max(0, now - began) / 600);
    place.textContent = shown = written(Math.round(from + (figure - from) * part * (2 - part)));
    if (part < 1) requestAnimationFrame(step);
  });
}

/** How many have signed: the number, the bar, and how many are still needed. */
function tally(signatures) {
  for (const place of document.querySelectorAll('[data-count="signatures"]')) countTo(place, signatures);
  for (const bar of document.querySelectorAll("[data-signatures-bar]")) {
    bar.value = Math.min(signatures, bar.max);
    for (const place of document.querySelectorAll("[data-signatures-left]")) place.textContent = written(Math.max(0, bar.max - signatures));
  }
}

function count({ remarks, signatures, turnout, clauses, agrees, disagrees }) {
  const set = (name, key, value) => {
    for (const place of document.querySelectorAll(`[data-${name}="${key}"]`)) place.textContent = written(value);
  };
  if (remarks !== undefined) set("count", "remarks", remarks);
  if (signatures !== undefined) tally(signatures);
  if (turnout !== undefined) set("count", "turnout", turnout);
  for (const [name, values] of [["agrees", agrees], ["disagrees", disagrees]])
    for (const key in values) set(name, key, values[key]);
  if (clauses) document.dispatchEvent(new CustomEvent("live:clauses", { detail: clauses }));
}

function tellArrivals() {
  const words = root.dataset.sayNew ?? status?.dataset.sayNew;
  if (arrived && words) announce(words.replace("%n", arrived));
  arrived = 0;
}

// --- fetching again ---------------------------------------------------------------------------

/** Fetches the regions again until they show `least`, at a moment within `spread` seconds. */
async function resync(least, spread = 0) {
  wanted = Math.max(wanted, least);
  if (fetching) return;
  fetching = true;
  await pause(Math.random() * spread * 1000);
  for (let tries = 0; tries < 6; tries += 1) {
    const reached = await refetch();
    behind = reached === null;
    if (behind) say("lost");
    else seq = Math.max(seq, reached);
    if (!behind && reached >= wanted) break;
    await pause(Math.min(1100 * (tries + 1), 5000)); // a proxy may keep the old one for a second
  }
  fetching = false;
}

/** Puts in what the regions' addresses say now; answers the seq they show, or null. */
async function refetch() {
  const asked = Date.now();
  let reached = Infinity;
  try {
    for (const region of document.querySelectorAll("[data-live-region]")) {
      const address = region.dataset.liveFragment ?? root.dataset.liveFragment;
      const isPrivate = region.dataset.livePrivate !== undefined; // else the same for everybody
      let answer = await fetch(address, isPrivate ? {} : { credentials: "omit" });
      if (answer.status === 404 && !isPrivate) answer = await fetch(address);
      if (!answer.ok) return null;
      const fresh = parsed(await answer.text()).firstElementChild;
      // What a cache has kept may be older than what a frame has put in: nothing hidden comes back.
      const isOlder = Number(fresh?.dataset.seq) < Number(region.dataset.seq);
      if (fresh && !isOlder) steadily(() => morph(region, fresh));
      reached = Math.min(reached, Number(fresh?.dataset.seq ?? wanted));
    }
  } catch {
    return null;
  }
  knowBetter(asked - KEPT);
  document.dispatchEvent(new CustomEvent("live:fetched"));
  if (socket?.readyState !== 1) updated();
  return Number.isFinite(reached) ? reached : wanted;
}

/** What has no seq may have been told by the socket after `moment`, and fetched as it was before. */
function knowBetter(moment) {
  for (const { at, counts } of lately) if (at > moment) count(counts);
  if (followed > moment) doubtIt();
}

/** What is shown may be older than it seems: it is fetched once no cache can hold an older answer. */
function doubtIt() {
  clearTimeout(doubt);
  doubt = setTimeout(refetch, KEPT);
}

/** What the page says of the council is another thing now: its frame and its regions are fetched. */
async function renewCouncil(spread) {
  await pause(KEPT / 2 + Math.random() * spread * 1000); // a proxy may keep the old one for a second
  try {
    const answer = await fetch(location.pathname + location.search, { credentials: "omit" });
    if (!answer.ok) return;
    if (isDisplay) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of document.querySelectorAll("[data-live-council]")) {
      const fresh = page.querySelector(`[data-live-council="${old.dataset.liveCouncil}"]`);
      if (fresh && !old.isEqualNode(fresh)) old.replaceChildren(...fresh.childNodes);
    }
    const [old, fresh] = [document, page].map((one) => one.querySelector("link[data-council-colours]"));
    if (old?.getAttribute("href") !== fresh?.getAttribute("href")) {
      if (fresh) document.head.append(fresh);
      setTimeout(() => old?.remove(), 1000); // the new sheet is there by then
    }
    document.title = page.title;
    refetch();
  } catch {
    // The server is away: the page that is opened next says it.
  }
}

// --- the socket -------------------------------------------------------------------------------

function connect() {
  clearTimeout(retry);
  told = false;
  tried = Date.now();
  const base = root.dataset.liveUrl || `${location.origin.replace("http", "ws")}/live/`;
  const query = new URLSearchParams({ lang: document.documentElement.lang, seq });
  if (root.dataset.liveAs) query.set("as", root.dataset.liveAs);
  const mine = (socket = new WebSocket(`${base}${root.dataset.liveTopic}/?${query}`));
  mine.onmessage = ({ data }) => mine === socket && take(JSON.parse(data));
  mine.onclose = ({ code }) => mine === socket && lost(code);
}

function lost(code) {
  socket = null;
  if (code === 4403) return; // may not watch it any more
  const most = code === 4430 ? 60000 : Math.min(LONGEST_PAUSE, 300 * 2 ** failures);
  failures += 1;
  retry = setTimeout(connect, most * (0.5 + Math.random() / 2));
}

/** Whether a page that draws its own steps (js/control.js) has drawn what there is up to `least`. */
const isDrawn = (least) => !document.dispatchEvent(new CustomEvent("live:undrawn", { detail: least, cancelable: true }));

function take(frame) {
  heard = Date.now();
  if (!told || frame.yours) document.dispatchEvent(new CustomEvent("live:yours")); // what is theirs may be another
  if (!told) {
    told = true; // figures may have moved since this page was made
    const shown = [...document.querySelectorAll("[data-agrees]")].slice(0, 100).map((one) => one.dataset.agrees);
    if (shown.length || document.querySelector("[data-count]")) socket.send(JSON.stringify({ show: shown }));
    // What follows from figures has no seq: it may have moved between this page and this socket.
    if (document.querySelector("[data-live-follows]")) doubtIt();
  }
  failures = 0;
  if (frame.council !== undefined) renewCouncil(frame.spread);
  else if (frame.resync !== undefined) isDrawn(frame.resync) || resync(frame.resync, frame.spread);
  else if (frame.html) {
    if (frame.seq === undefined) {
      followed = heard;
      clearTimeout(doubt);
    } else if (frame.after > seq || document.querySelector("[data-live-undrawn]")) isDrawn(frame.seq) || resync(frame.seq, 0.3);
    steadily(() => frame.html.forEach(put));
    if (frame.after <= seq) seq = Math.max(seq, frame.seq);
  } else if (frame.seq > seq) isDrawn(frame.seq) || resync(frame.seq, 0.3);
  if (frame.counts) { // read after what the frame draws
    lately = [...lately.filter(({ at }) => at > heard - 60000), { at: heard, counts: frame.counts }];
    count(frame.counts);
  }
  if (!behind) say("live");
  if (frame.now) {
    ahead = new Date(frame.now) - performance.now();
    if (!behind) updated(frame.now);
    document.dispatchEvent(new CustomEvent("live:now", { detail: frame.now }));
  }
}

/** A region says from which moment it is another one although nothing happens: it opens, it closes. */
function due() {
  const moment = document.querySelector("[data-live-due]")?.dataset.liveDue;
  const now = performance.now();
  if (!moment || new Date(moment) > ahead + now || now < dueAt) return;
  const first = dueAt === undefined;
  dueAt = now + (isDisplay ? 900 : 2000);
  setTimeout(refetch, first && !isDisplay ? Math.random() * 1500 : 0);
}

function watch() {
  const now = Date.now();
  due();
  if (now - heard <= STALE) return;
  say("lost");
  if (socket && now - Math.max(heard, tried) > STALE) {
    const silent = socket;
    lost();
    silent.close();
  }
  if (now - Math.max(polled ?? 0, heard) > POLL) {
    polled = now;
    refetch();
  }
}

/** Back from sleep, from another page, from a tunnel: try at once. */
function back() {
  if (!root || document.hidden || (socket?.readyState === 1 && Date.now() - heard < STALE)) return;
  failures = 0;
  const old = socket;
  socket = null;
  old?.close();
  connect();
}

if (root) {
  heard = Date.now();
  status?.removeAttribute("hidden");
  connect();
  setInterval(watch, 500);
  setInterval(tellArrivals, 5000);
  document.addEventListener("live:want", ({ detail }) => resync(detail));
  addEventListener("online", back);
  addEventListener("pageshow", (event) => event.persisted && back());
  document.addEventListener("visibilitychange", back);
}
