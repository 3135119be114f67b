// The control room: the clock, every seat with its code, the script, stepping in, the log.

import { el, filled, sure } from "./dom.js";
import { mapOf } from "./map.js";

export const TRAINER = [
  { name: "clock", of: (m) => [m.phase, m.begun, m.moving, m.pace, m.result, m.scoring, m.trouble, m.last], make: clock, column: 0 },
  { name: "seats", of: (m) => [m.seats, m.screen, m.observers, m.played, m.address], make: seats, column: 0, count: (m) => m.seats.length },
  { name: "map", of: (m) => [m.map], make: (m) => mapOf(m.map, m.words), column: 1, title: (m) => m.map.of },
  { name: "results", of: (m) => [m.groups], make: results, column: 1, hidden: (m) => !m.groups },
  { name: "log", of: (m) => [m.log], make: log, column: 1 },
  { name: "script", of: (m) => [m.injects], make: script, column: 2, count: (m) => m.injects.rows.length },
  { name: "step_in", of: (m) => [m.phase.id === "over"], make: stepIn, column: 2 },
];

function clock(model, panel) {
  const words = model.words;
  const button = (text, act, kind = "quiet", off = false) =>
    el("button", { type: "button", class: kind, disabled: off, onclick: () => panel.send(act) }, text);
  const trouble = model.trouble ? el("p", { class: "alarm small", role: "alert" }, model.trouble) : null;
  if (model.phase.id === "over") return [trouble, ...ending(model, panel)];
  const paces = el("select", { "aria-label": words.pace, onchange: () =>
    panel.send({ do: "pace", pace: paces.value === "" ? null : Number(paces.value) }) },
  model.paces.map((one) => el("option", { value: one.pace ?? "", selected: one.pace === model.pace }, one.text)));
  const asked = model.phase.id === "asked";
  const go = model.moving ? button(words.hold_clock, { do: "hold_clock" }, "main hold")
    : button(model.begun ? words.run : words.begin, { do: model.begun ? "run" : "begin" }, "main go");
  return [
    trouble,
    el("div", { class: "row" }, go, el("label", { class: "pace" }, words.pace, " ", paces)),
    el("div", { class: "row" },
      button(words.to_question, { do: "to_question" }, "quiet", asked),
      [1, 5, 15].map((count) => button(filled(words.plus, { count }), { do: "run_on", seconds: 60 * count }, "quiet", asked)),
      button(words.one_step, { do: "one_step" }, "quiet", asked)),
    el("div", { class: "row" },
      el("button", { type: "button", class: "quiet", disabled: !model.last, onclick: async () => {
        if (await sure(panel.root, filled(words.sure_back, { what: model.last }), words.confirm, words.no_back)) {
          panel.send({ do: "take_back" });
        }
      } }, words.take_back), panel.realButton()),
  ];
}

function ending(model, panel) {
  const words = model.words;
  if (model.scoring) return [el("p", { class: "calm busy" }, words.finishing)];
  if (!model.result) {
    return [el("p", { class: "calm" }, words.phase_over), el("div", { class: "row" },
      el("button", { type: "button", class: "main", onclick: () => panel.send({ do: "finish" }) }, words.finish))];
  }
  const rows = ["total", "speed", "coordination", "gaps"].map((name) =>
    [el("dt", {}, words[name]), el("dd", {}, model.result[name])]);
  return [el("dl", { class: "result" }, rows.flat()),
    panel.reportAt ? el("a", { class: "main", href: panel.reportAt, target: "_blank", rel: "noopener" }, words.open_report) : null,
  ];
}

function results(model, panel) {
  if (!model.groups) return [];
  const rows = model.groups.rows.map((row) => el("tr", { class: row.seat ? "whole-seat" : "" },
    row.cells.map((cell, at) => el("td", { class: at ? "" : "seat" }, at || row.seat ? cell : ""))));
  const head = model.groups.head.map((text) => el("th", { scope: "col" }, text));
  return [el("div", { class: "scroll", "data-scroll": "results" },
    el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows))),
  panel.resultsAt ? el("a", { href: panel.resultsAt, download: "" }, model.words.save_table) : null];
}

function seats(model, panel) {
  const words = model.words;
  const rows = model.seats.map((seat) => seatRow(seat, model, panel));
  const shows = el("select", { "aria-label": words.screen_shows, onchange: () =>
    panel.send({ do: "screen_shows", seat: shows.value }) },
  el("option", { value: "", selected: !model.screen.shows }, words.screen_nobody),
  model.seats.map((seat) => el("option", { value: seat.id, selected: seat.id === model.screen.shows }, seat.name)));
  return [
    model.address ? el("p", { class: "faint" }, words.join_at, " ", el("span", { class: "address" }, model.address)) : null,
    el("ul", { class: "seats" }, rows,
      el("li", { class: "desk" }, el("div", { class: "head" }, el("span", { class: "who" }, words.screen), joined(model.screen, model, panel)),
        el("label", { class: "pace" }, words.screen_shows, " ", shows)),
      el("li", { class: "desk" }, el("div", { class: "head" }, el("span", { class: "who" }, words.observers),
        joined(model.observers, model, panel)), panel.joins ? seen(model, panel) : null)),
    model.played ? el("p", { class: "faint" }, filled(words.played, { seats: model.played })) : null,
  ];
}

function seen(model, panel) {
  const boxes = model.seats.map((seat) => el("input", { type: "checkbox", value: seat.id,
    checked: model.observers.sees.includes(seat.id), onchange: () =>
      panel.send({ do: "observers_see", seats: boxes.filter((one) => one.checked).map((one) => one.value) }) }));
  return el("details", {}, el("summary", {}, model.words.observers_see), el("div", { class: "choices" },
    model.seats.map((seat, at) => el("label", { class: "choice" }, boxes[at], " ", seat.name))));
}

function seatRow(seat, model, panel) {
  const words = model.words;
  return el("li", { class: seat.asked.length ? "desk owing" : "desk", color: seat.color },
    el("div", { class: "head" }, el("span", { class: "who" }, seat.name), joined(seat, model, panel)),
    seat.asked.map((asked) => el("div", { class: "owes" },
      el("p", {}, filled(words.still_asked, { question: asked.text }), el("span", { class: "faint" }, ` ${asked.left}`),
        asked.missing ? el("span", {}, ` ${asked.missing}`) : null),
      seat.group ? el("button", { type: "button", class: "quiet small", onclick: () => panel.send({ do: "decide", key: asked.key }) },
        words.decide_now) : null,
      el("button", { type: "button", class: "quiet small", onclick: () => panel.send({ do: "count_none", key: asked.key }) }, words.count_none))));
}

function joined(page, model, panel) {
  if (!panel.joins) return null;
  const words = model.words;
  return el("span", { class: "joined" },
    page.code ? el("span", { class: "code", title: page.code_left }, page.code) : null,
    page.code ? el("span", { class: "faint" }, page.code_left) : null,
    el("span", { class: page.online ? "state good" : "state plain", title: filled(words.devices, { count: page.devices.length }) },
      filled(words.devices_here, { count: page.online })),
    el("button", { type: "button", class: "quiet small", onclick: () => panel.send({ do: "code", scope: page.scope }) }, words.new_code),
    page.devices.length > 1 ? el("details", {}, el("summary", {}, filled(words.devices, { count: page.devices.length })),
      page.devices.map((one) => el("div", { class: "row" }, el("span", { class: one.online ? "state good" : "state plain" },
        filled(words.number_of, { number: one.number })), out(page, one.number, panel, words)))) : null,
    page.devices.length ? out(page, null, panel, words) : null);
}

function out(page, number, panel, words) {
  return el("button", { type: "button", class: "quiet small", onclick: () => panel.send({ do: "revoke", scope: page.scope, number }) },
    number === null ? words.revoke : words.sign_out);
}

function log(model) {
  const words = model.words;
  if (!model.log.length) return [el("p", { class: "calm" }, words.nothing_logged)];
  return [el("ol", { class: "list log", "data-scroll": "log" }, model.log.map((row) => el("li", { color: row.color },
    el("time", {}, row.at), el("div", {}, el("span", { class: "who" }, row.who), " ", row.text,
      row.reason ? el("div", { class: "faint" }, row.reason) : null))))];
}

function script(model, panel) {
  const words = model.words;
  const rows = model.injects.rows.map((row) => el("li", { class: row.past ? "inject past" : "inject" },
    el("p", {}, row.text),
    el("div", { class: "row" }, row.can.map((act) => el("button", { type: "button", class: "quiet small",
      onclick: () => panel.send({ do: act, inject: row.id }) }, words[`do_${act}`])))));
  return [model.injects.note ? el("p", { class: "faint" }, model.injects.note) : null,
    el("ol", { class: "list", "data-scroll": "script" }, rows)];
}

const FORMS = {
  inject: ["sender", "to", "sort", "text"],
  cut: ["what"],
  restore: ["what"],
  duty_check: ["organization"],
  set: ["name", "value"],
};

function stepIn(model, panel) {
  const words = model.words;
  if (model.phase.id === "over") return [el("p", { class: "calm" }, words.phase_over)];
  const box = el("div", { class: "order" });
  const start = () => {
    const select = el("select", { "aria-label": words.step_in }, el("option", { value: "" }, `${words.step_in} …`),
      Object.keys(FORMS).map((name) => el("option", { value: name }, words[`act_${name}`])));
    select.addEventListener("change", async () => {
      const found = select.value && await panel.ask({ do: "choices" });
      if (found) form(select.value, found.choices);
    });
    box.replaceChildren(select);
  };

  function form(name, choices) {
    const fields = FORMS[name].map((field) => [field, fieldFor(field, choices, words)]);
    const give = async () => {
      const act = { do: name };
      for (const [field, node] of fields) act[field] = field === "to" ? [node.value] : node.value;
      if (name === "duty_check" && !act.organization) act.organization = null;
      if (await panel.send(act)) start();
    };
    box.replaceChildren(el("p", { class: "order-kind" }, words[`act_${name}`]),
      ...fields.map(([field, node]) => el("label", { class: "field" }, words[field === "sort" ? "field_kind" : `field_${field}`], node)),
      el("div", { class: "row end" }, el("button", { type: "button", class: "quiet", onclick: start }, words.order_cancel),
        el("button", { type: "button", class: "main", onclick: give }, words.give)));
  }

  start();
  return [box];
}

function fieldFor(field, choices, words) {
  if (field === "text") return el("textarea", { rows: 2, maxlength: 2000 });
  if (field === "value") return el("input", { type: "text", maxlength: 40, inputmode: "decimal", "aria-label": words.field_value });
  return el("select", {}, choices[field].map((one) => el("option", { value: one.id }, one.now ? `${one.text} (${one.now})` : one.text)));
}
