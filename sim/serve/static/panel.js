// The panel: one page for a seat, the control room and the big screen; a browser page and a notebook use it alike.
//
// It shows a model that a link brings, and sends acts by that link. A section is made anew only when what it shows has
// changed, so that nobody loses what he is typing.

import { el, filled, remembered, sure } from "./dom.js";
import { OBSERVER } from "./observer.js";
import { SCREEN } from "./screen.js";
import { SEAT } from "./seat.js";
import { TRAINER } from "./trainer.js";

const KINDS = { seat: SEAT, trainer: TRAINER, screen: SCREEN, observer: OBSERVER };
const SIZES = ["normal", "large", "huge"];

/**
 * Show a panel.
 * @param {HTMLElement} root Where.
 * @param {object} link ``send(act)`` resolves to ``{ok, said, ...}``; ``lang(code)`` asks for a language, ``look(seat)``
 *   for another seat.
 * @param {object} given ``joins``: whether pages are joined by codes; ``reportAt``, ``resultsAt``: where those are.
 * @returns {object} ``show(model)`` and ``lost(text)``.
 */
export function mount(root, link, given = {}) {
  const drafts = new Map();
  let model = null;
  let frame = null;
  const toasts = el("div", { class: "toasts", role: "status", "aria-live": "polite" });

  const panel = {
    root,
    joins: given.joins ?? false,
    reportAt: given.reportAt ?? "",
    resultsAt: given.resultsAt ?? "",
    look: (seat) => link.look(seat),
    draft: (key, fresh) => drafts.get(key) ?? drafts.set(key, fresh).get(key),
    forget: (key) => drafts.delete(key),
    again: (name) => frame?.section(name, true),
    async send(act) {
      const reply = await link.send(act);
      tell(reply.said || "", reply.ok ? "good" : "bad");
      return reply.ok;
    },
    async ask(act) {
      const reply = await link.send(act);
      if (!reply.ok) tell(reply.said, "bad");
      return reply.ok ? reply : null;
    },
    realButton() {
      return el("button", { type: "button", class: "real", onclick: async () => {
        if (await sure(root, model.words.real_sure, model.words.yes_stop, model.words.no_back)) panel.send({ do: "real_event" });
      } }, model.words.real_event);
    },
  };

  function tell(text, tone) {
    if (!text) return;
    const toast = el("div", { class: `toast ${tone}` }, text);
    toasts.append(toast);
    setTimeout(() => toast.remove(), tone === "bad" ? 9000 : 5000);
  }

  function wear() {
    root.dataset.size = SIZES.includes(remembered("size")) ? remembered("size") : "normal";
    root.dataset.contrast = remembered("contrast") === "high" ? "high" : "normal";
  }

  function show(next) {
    const first = !frame || model.kind !== next.kind || model.lang !== next.lang;
    model = next;
    if (first) frame = made(root, model, panel, toasts, link, wear);
    frame.show(model);
  }

  function keys(event) {
    const typing = event.target.closest?.("input, textarea, select, dialog");
    if (event.key === "Escape" && !event.target.closest?.("dialog")) root.querySelector(".change")?.click();
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !/^[0-9]$/.test(event.key)) return;
    root.querySelector(`.option[data-number="${event.key}"]`)?.click();
  }

  root.addEventListener("keydown", keys);
  if (root.classList.contains("whole")) document.body.addEventListener("keydown", (event) => root.contains(event.target) || keys(event));
  wear();
  return { show, lost: (text) => frame?.lost(text), panel };
}

const REACHED = "button, a, select, input, textarea, summary";

/** Remember where in a section the keyboard is; returns what brings it back there once the section was made anew. */
function focusIn(body) {
  const active = body.getRootNode().activeElement;
  const at = body.contains(active) ? [...body.querySelectorAll(REACHED)].indexOf(active) : -1;
  if (at < 0) return () => {};
  const { tagName, textContent, value, selectionStart, selectionEnd } = active;
  return () => {
    const fresh = body.querySelectorAll(REACHED)[at];
    if (fresh?.tagName !== tagName || (tagName === "BUTTON" && fresh.textContent !== textContent)) return;
    fresh.focus();
    if (tagName === "TEXTAREA" && fresh.value === value) fresh.setSelectionRange(selectionStart, selectionEnd);
  };
}

function made(root, first, panel, toasts, link, wear) {
  const words = first.words;
  const sections = KINDS[first.kind];
  const nodes = new Map();
  const shown = new Map();
  const clock = el("span", { class: "time" });
  const local = el("span", { class: "local" });
  const phase = el("span", { class: "phase" });
  const progress = el("span", { class: "progress" }, el("span"));
  const lost = el("p", { class: "lost", role: "alert", hidden: true });
  const alarm = el("p", { class: "alarm", role: "alert", hidden: true });
  const who = el("h1", { color: first.seat?.color });
  const tool = (text, act) => el("button", { type: "button", class: "tool", onclick: act }, text);
  const head = el("header", { class: "top" },
    who, el("div", { class: "when" }, clock, local), phase,
    el("div", { class: "tools" },
      first.kind === "seat" || first.kind === "observer" ? panel.realButton() : null,
      tool(`${words.text_size} A`, () => { remembered("size", SIZES[(SIZES.indexOf(root.dataset.size) + 1) % SIZES.length]); wear(); }),
      tool(words.contrast, () => { remembered("contrast", root.dataset.contrast === "high" ? "normal" : "high"); wear(); }),
      tool(words.print, () => window.print()),
      tool(words.language, () => link.lang(first.lang === "zh" ? "en" : "zh"))));
  const jump = el("nav", { class: "jump" }, sections.map((one) => el("a", { href: `#s-${one.name}`, onclick: (event) => {
    event.preventDefault();
    nodes.get(one.name).box.scrollIntoView({ block: "start" });
  } }, words[one.name])));
  const boxes = sections.map((one) => {
    const body = el("div", { class: "body" });
    const count = el("span", { class: "count" });
    const title = el("span", {});
    const box = el("section", { class: `box is-${one.name}`, id: `s-${one.name}` }, el("h2", {}, title, count), body);
    nodes.set(one.name, { box, body, count, title });
    return box;
  });
  const columns = [0, 1, 2].map((at) => el("div", { class: "column" }, boxes.filter((_, number) => sections[number].column === at)));
  const main = el("main", { class: `grid for-${first.kind}` }, columns.filter((one) => one.childNodes.length));
  root.replaceChildren(el("p", { class: "strip" }, words.mark_long), lost, alarm, head, progress, jump, main, toasts);
  root.lang = first.lang === "zh" ? "zh-CN" : "en";

  let model = first;
  function section(name, force = false) {
    const one = sections.find((found) => found.name === name);
    const node = nodes.get(name);
    const now = JSON.stringify(one.of(model));
    node.box.hidden = one.hidden?.(model) ?? false;
    node.title.textContent = one.title ? one.title(model) : words[name];
    node.count.textContent = one.count ? String(one.count(model)) : "";
    if (!force && shown.get(name) === now) return;
    shown.set(name, now);
    const kept = [...node.body.querySelectorAll("[data-scroll]")].map((old) => [old.dataset.scroll, old.scrollTop]);
    const back = focusIn(node.body);
    const open = [...node.body.querySelectorAll("details")].map((old) => old.open);
    node.body.replaceChildren(...one.make(model, panel).flat().filter(Boolean));
    for (const [which, top] of kept) node.body.querySelector(`[data-scroll="${which}"]`)?.scrollTo(0, top);
    node.body.querySelectorAll("details").forEach((fresh, at) => { if (open[at] !== undefined) fresh.open = open[at]; });
    back();
  }

  return {
    section,
    lost(text) { lost.hidden = !text; lost.textContent = text; },
    show(next) {
      model = next;
      lost.hidden = true;
      alarm.hidden = !model.alarm;
      alarm.textContent = model.alarm ?? "";
      who.textContent = model.seat?.name ?? model.title;
      clock.textContent = model.clock.after;
      local.textContent = filled("{text} {at}", { text: words.local, at: model.clock.local });
      phase.textContent = model.phase.text;
      phase.dataset.phase = model.phase.id;
      progress.firstChild.style.width = `${100 * model.clock.share}%`;
      if (root.classList.contains("whole")) {
        document.title = `${words.mark} ${model.phase.id === "decide" ? "● " : ""}${who.textContent}`;
      }
      for (const one of sections) section(one.name);
      nodes.get("decision")?.box.classList.toggle("calls", model.phase.id === "decide");
    },
  };
}
