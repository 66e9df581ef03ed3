// The web room's script: it shows what the server draws, sends what a person does, and counts
// down. It knows nothing of quizzes. Whatever it sends has an id of its own and is sent again
// with the same id until an answer comes, so nothing is lost and nothing counts twice.
"use strict";

const body = document.body, path = body.dataset.path;
const $ = (id) => document.getElementById(id);
const posts = $("posts"), line = $("line"), menu = $("menu"), note = $("note"), dialog = $("form"), attach = $("attach"), file = $("file");
const commands = JSON.parse($("commands").textContent);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

// ---- what is shown ----

// element makes what the server has drawn into an element. The server escapes every text.
function element(html) {
  const t = document.createElement("template");
  t.innerHTML = html;
  return t.content.firstElementChild;
}

const find = (slot) => [...posts.children].find((p) => p.dataset.slot === slot);

// put shows a post in its slot, where it stood or at the end, and keeps the focus in it.
function put(slot, html) {
  const old = find(slot);
  if (old && old.drawn === html) return;
  const fresh = element(html);
  fresh.drawn = html;
  dress(fresh);
  if (!old) {
    if (fresh.classList.contains("question")) say(""); // what was said of the one before is over
    append(fresh);
    announce(fresh);
    return;
  }
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  const action = held && held.dataset.action;
  const turned = old.className !== fresh.className;
  const low = atEnd();
  old.replaceWith(fresh);
  if (held) (fresh.querySelector(`[data-action="${CSS.escape(action || "")}"]`) || fresh).focus({ preventScroll: true });
  if (low) toEnd();
  if (turned && fresh.classList.contains("reveal")) say(""); // what was said of the answer is told by the reveal
  if (turned && !fresh.classList.contains("start")) announce(fresh);
}

function append(post) {
  const low = atEnd() || post.classList.contains("private");
  posts.append(post);
  while (posts.children.length > 80) posts.firstElementChild.remove();
  $("empty").hidden = true;
  if (low) toEnd();
}

const atEnd = () => innerHeight + scrollY >= document.documentElement.scrollHeight - 160;
const toEnd = () => scrollTo({ top: document.documentElement.scrollHeight });

// dress starts a new element's clock.
function dress(post) {
  for (const c of post.querySelectorAll(".clock")) c.ends = performance.now() + Number(c.dataset.left);
  tick();
}

// announce reads a post to those who do not see it.
function announce(post) {
  const parts = [...post.querySelectorAll(".title, .line, blockquote, .option, pre")].map((p) => p.textContent.trim());
  const p = document.createElement("span");
  p.lang = post.lang;
  p.textContent = parts.join(". ");
  $("say").replaceChildren(p);
}

// say shows one sentence to this person, until what it says is over: at the next one, when its question
// closes, or after the time that it takes to read it twice.
let fades = 0;
function say(text) {
  const low = atEnd();
  clearTimeout(fades);
  note.textContent = text;
  if (text) fades = setTimeout(() => say(""), Math.max(8000, 150 * text.length));
  if (low) toEnd();
}

// Time left, in minutes and seconds, twice a second.
function tick() {
  for (const c of document.querySelectorAll(".clock")) {
    const s = Math.max(0, Math.ceil((c.ends - performance.now()) / 1000));
    const text = Math.floor(s / 60) + ":" + String(s % 60).padStart(2, "0");
    if (c.textContent !== text) c.textContent = text;
    c.classList.toggle("hurry", s <= 5);
    const start = s === 0 && c.closest(".start");
    if (start) {
      for (const done of start.querySelectorAll(".clock, .line.quiet")) done.hidden = true; // "Get ready!" is over
    }
  }
}
setInterval(tick, 500);

// ---- what comes in ----

let lost = false, source = null, heard = performance.now();

// events says what each event of the lobby does to the page.
const events = {
  post: (p) => put(p.slot, p.html),
  gone: (p) => find(p.slot)?.remove(),
  all: (slots) => {
    for (const p of [...posts.children]) if (p.dataset.slot && !slots.includes(p.dataset.slot)) p.remove();
  },
  here: (people) => {
    $("here").replaceChildren(...people.map((p) => {
      const li = document.createElement("li"), b = document.createElement("bdi");
      b.textContent = p.name;
      li.append(b);
      if (p.host) {
        const s = document.createElement("span");
        s.className = "quiet";
        s.textContent = $("here").dataset.host;
        li.className = "host";
        li.append(" ", s);
      }
      return li;
    }));
  },
  beat: () => {},
  left: () => location.reload(), // the login was ended
  open: () => {
    if (lost) online(true);
    lost = false;
  },
};

function hear(name, data) {
  heard = performance.now();
  events[name](data);
}

// All tabs of a browser in a lobby share one stream: the tab that holds the lock has it and passes on
// what it hears. Where a browser cannot do that, each tab has its own.
const shared = navigator.locks && window.BroadcastChannel ? new BroadcastChannel("live " + path + " " + document.documentElement.lang) : null;
if (shared) shared.onmessage = (e) => hear(e.data.name, e.data.data);

function live() {
  if (!shared) return connect();
  navigator.locks.request(shared.name, () => new Promise(() => connect()));
}

// connect opens a stream, instead of the one that there was. The server begins it with all posts.
function connect() {
  heard = performance.now();
  source?.close();
  const mine = (source = new EventSource(path + "/live?lang=" + document.documentElement.lang));
  const pass = (name, data) => {
    hear(name, data);
    shared?.postMessage({ name, data });
  };
  for (const name of Object.keys(events)) if (name !== "open") mine.addEventListener(name, (e) => pass(name, JSON.parse(e.data)));
  mine.onopen = () => pass("open", null);
  mine.onerror = () => {
    if (source !== mine) return;
    if (!lost) online(false);
    lost = true;
    if (mine.readyState === EventSource.CLOSED) setTimeout(() => source === mine && connect(), 2000); // refused, not cut off: the browser gives up
  };
}

// A stream that is silent for 15 s is dead, whatever the browser believes, and one of this tab's own is
// renewed at once after a sleep or a change of network. A tab that no longer hears the one with the
// stream opens one itself.
const silent = (ms) => performance.now() - heard > ms;
const renew = (ms) => source && silent(ms) && connect();
setInterval(() => silent(15000) && connect(), 1000);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && renew(6000));
addEventListener("pageshow", (e) => e.persisted && renew(0));
addEventListener("online", () => renew(0));
navigator.connection?.addEventListener?.("change", () => renew(1000));

function online(yes) {
  const net = $("net");
  net.hidden = false;
  net.textContent = yes ? body.dataset.back : body.dataset.lost;
  net.classList.toggle("back", yes);
  if (yes) setTimeout(() => (net.hidden = !lost), 3000);
}

// ---- what goes out ----

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// send hands a deed to the server until it answers. from is the button or form that it came from.
async function send(deed, from) {
  deed.id = Date.now().toString(36).padStart(9, "0") + "-" + crypto.getRandomValues(new Uint32Array(3)).join("-");
  deed.zone = zone;
  const text = JSON.stringify(deed);
  for (let tries = 0; tries < 12; tries++) {
    if (tries) await wait(Math.min(4000, 250 * 2 ** tries));
    let got;
    try {
      const r = await fetch(path + "/do", { method: "POST", headers: { "Content-Type": "application/json" }, body: text });
      if (r.status === 502 || r.status === 504) continue; // a proxy whose server is away
      got = await r.json();
      if (r.status === 429) { // many behind one address: it waits for its turn
        say(got.brief);
        continue;
      }
    } catch {
      if (!lost) online(false);
      lost = true;
      continue;
    }
    if (tries && !got.brief) say(""); // what was said while it waited is over
    receive(got, from);
    return got;
  }
  say(body.dataset.unsent);
  return null;
}

function receive(got, from) {
  if (got.gone || got.enter) return location.reload();
  if (got.brief) say(got.brief);
  if (got.form) ask(got.form);
  const post = from?.closest?.(".post");
  for (const [i, p] of (got.posts || []).entries()) {
    const fresh = element(p.html);
    dress(fresh);
    const link = fresh.querySelector("a.download");
    if (link && p.file) {
      link.href = URL.createObjectURL(new Blob([Uint8Array.from(atob(p.file.data), (c) => c.charCodeAt(0))], { type: p.file.type }));
      const picture = fresh.querySelector("img.picture");
      if (picture) picture.src = link.href;
    }
    if (got.update && i === 0 && post && !post.dataset.slot) post.replaceWith(fresh);
    else append(fresh);
    fresh.focus({ preventScroll: true });
    // All rows of buttons into sight, the upper ones where there is no room for all.
    if (got.update && i === 0) for (const row of [...fresh.querySelectorAll(".buttons")].reverse()) row.scrollIntoView({ block: "nearest" });
    announce(fresh);
  }
  if (got.lang && got.lang !== document.documentElement.lang) {
    sessionStorage.setItem("note", got.brief || "");
    location.reload();
  }
}

posts.addEventListener("click", (e) => {
  const b = e.target.closest("button");
  if (!b) return;
  const post = b.closest(".post");
  if (b.classList.contains("close")) {
    post.remove();
    line.focus();
  } else if (b.classList.contains("copy")) {
    navigator.clipboard?.writeText(b.previousElementSibling.textContent).then(() => say(b.dataset.done));
  } else if (b.dataset.action) press(b, post);
});

async function press(b, post) {
  b.classList.add("busy");
  await send({ press: { action: b.dataset.action, slot: post.dataset.slot || "" } }, b);
  b.classList.remove("busy");
}

// ask shows a form and sends it filled.
function ask(html) {
  const form = element(html);
  dialog.replaceChildren(form);
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    dialog.close();
    send({ filled: { action: form.dataset.action, values: Object.fromEntries(new FormData(form)) } }, form);
  });
  form.querySelector(".cancel").addEventListener("click", () => dialog.close());
  dialog.showModal();
}

$("composer").addEventListener("submit", (e) => {
  e.preventDefault();
  submit(line.value);
});

async function submit(text) {
  text = text.trim();
  if (!text && !file.files.length) return;
  shut();
  line.value = "";
  const deed = { line: text };
  if (file.files.length) {
    const f = file.files[0];
    if (f.size > 5 << 20) return say(body.dataset.large);
    const url = await new Promise((done) => Object.assign(new FileReader(), { onload: (e) => done(e.target.result) }).readAsDataURL(f));
    deed.file = { name: f.name, type: f.type, data: url.slice(url.indexOf(",") + 1) };
    file.value = "";
  }
  const open = [...posts.querySelectorAll(".post.question")].at(-1);
  if (open && !text.startsWith("/")) deed.to = open.dataset.slot;
  if (!(await send(deed, open && !open.dataset.slot ? open : line))) line.value = text;
}

for (const b of document.querySelectorAll("[data-line]")) b.addEventListener("click", () => submit(b.dataset.line));
file.addEventListener("change", () => {
  attach.classList.toggle("main", file.files.length > 0);
  if (file.files.length && !line.value) line.value = /\.(apkg|csv|tsv|txt|xlsx)$/i.test(file.files[0].name) ? "/cards import:" : "/pack load";
  line.focus();
});

// ---- the menu ----

let picked = -1, asked = 0;

// words is what the line holds so far: a command, the option that is being written, its value.
function words() {
  const text = line.value.replace(/^\s*／/, "/");
  const name = commands.map((c) => c.name).filter((n) => text.toLowerCase().startsWith("/" + n + " ")).sort((a, b) => b.length - a.length)[0];
  const command = commands.find((c) => c.name === name);
  if (!command) return { typed: text.slice(1).toLowerCase() };
  const rest = text.slice(name.length + 2);
  const at = Math.max(rest.lastIndexOf(" ") + 1, 0), word = rest.slice(at);
  const option = command.options?.find((o) => word.startsWith(o.name + ":"));
  return { command, option, typed: option ? word.slice(option.name.length + 1) : word, head: text.slice(0, name.length + 2 + at) };
}

async function suggest() {
  const text = line.value.trimStart();
  attach.hidden = !commands.some((c) => c.options?.some((o) => o.file));
  if (!text.startsWith("/") && !text.startsWith("／")) return shut();
  const w = words(), turn = ++asked;
  let list = [];
  if (!w.command) list = commands.filter((c) => c.name.startsWith(w.typed)).map((c) => ({ label: "/" + c.name, does: c.does, value: "/" + c.name + " " }));
  else if (w.option?.suggest) {
    const q = new URLSearchParams({ command: w.command.name, option: w.option.name, typed: w.typed, pack: text.match(/ pack:(\S+)/)?.[1] || "" });
    try {
      const r = await fetch(path + "/suggest?" + q);
      if (r.ok) list = (await r.json()).map((s) => ({ label: s.value, does: s.label === s.value ? "" : s.label, value: w.head + w.option.name + ":" + s.value + " " }));
    } catch {
      list = [];
    }
    if (turn !== asked) return;
  } else if (!w.option) {
    const rest = (w.command.options || []).filter((o) => !o.file && o.name.startsWith(w.typed) && !line.value.includes(" " + o.name + ":"));
    list = rest.map((o) => ({ label: o.name + ":", does: o.does, value: w.head + o.name + ":" }));
  }
  menu.replaceChildren(...list.slice(0, 25).map((s, i) => {
    const li = document.createElement("li"), b = document.createElement("b"), d = document.createElement("span");
    li.id = "m" + i;
    li.role = "option";
    li.dataset.value = s.value;
    b.textContent = s.label;
    b.dir = "ltr";
    d.textContent = s.does;
    li.append(b, " ", d);
    return li;
  }));
  pick(-1);
  menu.hidden = list.length === 0;
  line.setAttribute("aria-expanded", String(!menu.hidden));
}

function shut() {
  asked++;
  menu.hidden = true;
  line.setAttribute("aria-expanded", "false");
  pick(-1);
}

function pick(n) {
  const all = [...menu.children];
  picked = all.length ? (n + all.length + (n < -1 ? 1 : 0)) % all.length : -1;
  if (n === -1) picked = -1;
  all.forEach((li, i) => li.setAttribute("aria-selected", String(i === picked)));
  if (picked >= 0) {
    line.setAttribute("aria-activedescendant", "m" + picked);
    all[picked].scrollIntoView({ block: "nearest" });
  } else line.removeAttribute("aria-activedescendant");
}

function take(li) {
  line.value = li.dataset.value;
  line.focus();
  suggest();
}

line.addEventListener("input", suggest);
line.addEventListener("focus", suggest);
line.addEventListener("blur", () => setTimeout(shut, 200));
line.addEventListener("keydown", (e) => {
  if (menu.hidden) return;
  if (e.key === "ArrowDown") pick(picked + 1);
  else if (e.key === "ArrowUp") pick(picked <= 0 ? menu.children.length - 1 : picked - 1);
  else if (e.key === "Escape") shut();
  else if ((e.key === "Enter" || e.key === "Tab") && picked >= 0) take(menu.children[picked]);
  else if (e.key === "Tab" && menu.children.length === 1) take(menu.children[0]);
  else return;
  e.preventDefault();
});
menu.addEventListener("pointerdown", (e) => {
  const li = e.target.closest("li");
  if (!li) return;
  e.preventDefault();
  take(li);
});
$("slash").addEventListener("click", () => {
  line.value = "/";
  line.focus();
  suggest();
});

// deedOf names what a button does.
const deedOf = (b) => (b.dataset.action || "").split(".")[1];

// byKey is the button of the newest private post that a key stands for while cards are reviewed: a digit
// rates, the space bar shows the answer or takes what is proposed, U undoes.
function byKey(e) {
  const post = [...posts.querySelectorAll(".post.private")].at(-1);
  const all = post ? [...post.querySelectorAll("button.button")] : [];
  if (!all.some((b) => ["fshow", "frate", "fundo", "fgo"].includes(deedOf(b)))) return null;
  if (/^[1-4]$/.test(e.key)) return all.filter((b) => deedOf(b) === "frate")[e.key - 1];
  if (e.code === "KeyU" || e.key === "u") return all.find((b) => deedOf(b) === "fundo");
  if (e.key === " " && !e.target.closest("button, a, summary, pre")) return all.find((b) => deedOf(b) === "fshow") || all.find((b) => b.classList.contains("main"));
  return null;
}

// Keys work wherever the focus is but in a field. Else a digit chooses the option in that place.
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.repeat || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
  const button = byKey(e);
  if (button) {
    e.preventDefault();
    return button.click();
  }
  if (!/^[1-9]$/.test(e.key)) return;
  const open = [...posts.querySelectorAll(".post.question")].at(-1);
  open?.querySelectorAll("button.option")[e.key - 1]?.click();
});

// ---- start ----

for (const p of posts.children) dress(p);
say(sessionStorage.getItem("note") || "");
sessionStorage.removeItem("note");
toEnd();
suggest();
live();
