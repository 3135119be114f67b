// The panel of a seat: the question, messages, what is known, units, orders.

import { el } from "./dom.js";
import { mapOf } from "./map.js";
import { orderForm } from "./order.js";

/** The sections of a seat's panel: name, what of the model it shows, and how. */
export const SEAT = [
  { name: "decision", of: (m) => [m.questions, m.charged, m.brief, m.phase.id, m.group], make: decision, column: 0 },
  { name: "messages", of: (m) => [m.messages, m.sent], make: messages, column: 1, count: (m) => m.messages.length },
  { name: "map", of: (m) => [m.map], make: (m) => mapOf(m.map, m.words), column: 2, title: (m) => m.map.of },
  { name: "known", of: (m) => [m.facts], make: known, column: 2, count: (m) => m.facts.length },
  { name: "forces", of: (m) => [m.units, m.tasks], make: forces, column: 1 },
  { name: "orders", of: (m) => [m.orders.length > 0, m.group?.leads], make: orders, column: 0 },
  { name: "decided", of: (m) => [m.decided], make: decided, column: 0, count: (m) => m.decided.length },
];

function decision(model, panel) {
  const words = model.words;
  if (model.phase.id === "over") return [el("p", { class: "calm" }, words.over_long)];
  const brief = model.brief.map((line, at) => el("p", { class: at ? "brief" : "brief first" }, line));
  if (model.group) brief.unshift(el("p", { class: "faint" }, model.group.text));
  if (!model.questions.length) {
    return [...brief, el("p", { class: "calm" }, words.nothing_asked), el("p", { class: "faint" }, words.nothing_asked_hint)];
  }
  return [...brief, ...model.questions.map((asked) => question(asked, model, panel))];
}

function question(asked, model, panel) {
  const words = model.words;
  if (asked.state !== "open") {
    return el("div", { class: "asked quietly" }, el("p", { class: "ask" }, asked.text),
      el("p", { class: "told" }, asked.told), asked.state === "answered" && el("p", { class: "faint" }, words.state_answered_hint));
  }
  const draft = panel.draft(asked.key, { choice: undefined, reason: "", sure: false, other: false });
  const box = el("form", { class: "asked", onsubmit: (event) => event.preventDefault() });
  const show = () => box.replaceChildren(...(draft.sure ? confirming() : choosing()).filter(Boolean));
  const group = model.group?.asked[asked.key];
  const mine = group?.mine;
  const texts = new Map([...asked.options.map((one) => [one.id, one.text]), [null, words.no_answer]]);

  function choosing() {
    const pick = (id) => { draft.choice = id; draft.sure = true; show(); box.querySelector("button.main")?.focus(); };
    const options = [...asked.options, { id: null, text: words.no_answer }].map((one, at) => {
      const number = one.id === null ? 0 : at + 1;
      return el("button", { type: "button", class: one.id === null ? "option none" : "option", "data-number": number,
        onclick: () => pick(one.id) }, el("span", { class: "number" }, String(number)), el("span", {}, one.text));
    });
    const shown = mine && !draft.other ? proposed() : [el("div", { class: "options" }, options)];
    const waits = !(model.group?.leads ?? true) ? [] : asked.waits.map((one) => el("button", { type: "button", class: "quiet",
      onclick: () => panel.send({ do: "wait", key: asked.key, seconds: one.seconds }) }, one.text));
    return [
      el("p", { class: asked.urgent ? "limit urgent" : "limit" }, asked.left, el("span", { class: "faint" }, ` · ${model.charged}`)),
      el("p", { class: "ask" }, asked.text),
      asked.advice.length ? el("div", { class: "advice" }, el("strong", {}, words.adviser),
        asked.advice.map((line) => el("div", {}, line))) : null,
      ...shown,
      waits.length ? el("details", {}, el("summary", {}, words.put_off), el("div", { class: "row" }, waits)) : null,
    ];
  }

  function proposed() {
    const decide = () => panel.send({ do: "decide", key: asked.key });
    return [
      el("p", { class: "sure-of" }, mine),
      el("ul", { class: "chips" }, group.votes.map((one) => el("li", {}, one))),
      el("p", { class: "faint" }, group.missing),
      el("div", { class: "row" },
        el("button", { type: "button", class: "quiet", onclick: () => { draft.other = true; show(); } }, words.propose_other),
        group.decides ? el("button", { type: "button", class: "main", onclick: decide }, words.decide_now) : null),
    ];
  }

  function confirming() {
    const reason = el("textarea", { rows: 2, maxlength: 2000, "aria-label": words.reason, placeholder: words.reason,
      oninput: () => { draft.reason = reason.value; } });
    reason.value = draft.reason;
    const send = async () => {
      go.disabled = true;
      const taken = await panel.send({ do: "answer", key: asked.key, choice: draft.choice, reason: draft.reason });
      if (taken) panel.forget(asked.key); else { go.disabled = false; }
    };
    const go = el("button", { type: "button", class: "main", onclick: send }, group ? words.propose : words.confirm);
    return [
      el("p", { class: "ask" }, asked.text),
      el("p", { class: "sure-of" }, texts.get(draft.choice)),
      reason,
      el("div", { class: "row end" },
        el("button", { type: "button", class: "quiet change", onclick: () => {
          draft.sure = false;
          show();
          box.querySelector(".option")?.focus();
        } }, words.change), go),
    ];
  }

  show();
  return box;
}

export function messages(model, panel) {
  const words = model.words;
  const shown = panel.draft("messages", { which: "in" });
  const tab = (which, text, count) => el("button", { type: "button", class: "tab", "aria-pressed": shown.which === which,
    onclick: () => { shown.which = which; panel.again("messages"); } }, text, el("span", { class: "count" }, String(count)));
  const rows = shown.which === "in" ? model.messages : model.sent;
  return [
    el("div", { class: "tabs" }, tab("in", words.inbox, model.messages.length), tab("out", words.outbox, model.sent.length)),
    rows.length ? el("ol", { class: "list", "data-scroll": shown.which }, rows.map((row) => message(row, shown.which, words)))
      : el("p", { class: "calm" }, words.no_messages),
  ];
}

function message(row, way, words) {
  const how = [row.how, row.sort].filter(Boolean).join(" · ");
  return el("li", { class: ["message", row.calls && "calls", row.new && "new"].filter(Boolean).join(" "), color: row.color },
    el("div", { class: "head" },
      el("span", { class: "who" }, way === "out" ? `${words.to} ` : "", row.who),
      el("span", { class: "faint" }, how),
      row.status ? el("span", { class: `state ${row.tone}` }, row.status) : null,
      el("time", {}, `${row.at} · ${row.age}`)),
    row.lines.map((line) => el("p", {}, line)),
    row.facts.length ? el("ul", { class: "said" }, row.facts.map((fact) => el("li", { title: fact.when }, fact.text))) : null);
}

export function known(model) {
  const words = model.words;
  if (!model.facts.length) return [el("p", { class: "calm" }, words.no_facts)];
  const head = ["head_fact", "head_value", "head_age", "head_source"].map((name) => el("th", { scope: "col" }, words[name]));
  const rows = model.facts.flatMap((row) => [
    el("tr", { class: [row.old && "old", row.new && "new", row.doubts.length && "doubted"].filter(Boolean).join(" ") },
      el("td", {}, row.fact), el("td", { class: "value" }, row.value), el("td", { class: "age" }, row.age),
      el("td", {}, el("span", { class: row.sure ? "sure-yes" : "sure-no",
        title: row.sure ? words.verified : words.unverified }, row.sure ? "✓" : "?",
        el("span", { class: "unseen" }, row.sure ? words.verified : words.unverified)), " ", row.source)),
    ...row.doubts.map((doubt) => el("tr", { class: "doubt" }, el("td", { colspan: 4 }, `≠ ${doubt}`))),
  ]);
  return [el("div", { class: "scroll", "data-scroll": "known" },
    el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows)),
    el("p", { class: "faint legend" }, `✓ ${words.verified}　? ${words.unverified}　≠ ${words.mark_doubt}`))];
}

export function forces(model) {
  const words = model.words;
  const busy = model.units.filter((unit) => !unit.free);
  const free = model.units.filter((unit) => unit.free);
  const units = model.units.length
    ? [el("ul", { class: "rows" }, busy.map((unit) => el("li", {}, el("strong", {}, unit.name),
      el("span", { class: `state ${unit.tone}` }, unit.status), el("span", {}, [unit.place, unit.task].filter(Boolean).join(" · "))))),
    free.length ? el("details", { open: !busy.length }, el("summary", {}, `${words.free}: ${free.length}`),
      el("ul", { class: "chips" }, free.map((unit) => el("li", { title: unit.place }, unit.name)))) : null]
    : [el("p", { class: "faint" }, words.no_units)];
  const tasks = model.tasks.length
    ? el("ul", { class: "rows" }, model.tasks.map((task) => el("li", {}, el("strong", {}, task.task), el("span", {}, task.place),
      el("span", { class: `state ${task.tone}` }, task.status))))
    : el("p", { class: "faint" }, words.no_tasks);
  return [el("div", { class: "scroll", "data-scroll": "forces" }, units, el("hr"), tasks)];
}

function orders(model, panel) {
  const words = model.words;
  if (model.phase.id === "over") return [el("p", { class: "calm" }, words.over_long)];
  const note = el("textarea", { rows: 1, maxlength: 2000, "aria-label": words.write_note, placeholder: words.write_note });
  const write = async () => { if (note.value.trim() && await panel.send({ do: "note", text: note.value })) note.value = ""; };
  const form = model.group?.leads ?? true ? orderForm(model, panel) : el("p", { class: "faint" }, words.orders_by_leader);
  return [form, el("div", { class: "row note" }, note,
    el("button", { type: "button", class: "quiet", title: words.note_hint, onclick: write }, words.notes))];
}

export function decided(model) {
  const words = model.words;
  if (!model.decided.length) return [el("p", { class: "faint" }, words.nothing_logged)];
  return [el("ol", { class: "list log", "data-scroll": "decided" }, model.decided.map((row) => el("li", {}, el("time", {}, row.at),
    el("div", {}, row.text, row.reason ? el("div", { class: "faint" }, row.reason) : null))))];
}
