// The panel of an observer: what one seat sees, read only, and the observer's own notes.

import { el } from "./dom.js";
import { mapOf } from "./map.js";
import { decided, forces, known, messages } from "./seat.js";

/** The sections of an observer's panel. */
export const OBSERVER = [
  { name: "watched", of: (m) => [m.seats, m.of, m.questions], make: watched, column: 0 },
  { name: "write_note", of: (m) => [m.of, m.about], make: writing, column: 0 },
  { name: "notes", of: (m) => [m.notes], make: notes, column: 0, count: (m) => m.notes.length },
  { name: "messages", of: (m) => [m.messages, m.sent], make: messages, column: 1, count: (m) => m.messages.length },
  { name: "decided", of: (m) => [m.decided], make: decided, column: 1, count: (m) => m.decided.length,
    title: (m) => m.words.seat_decided },
  { name: "forces", of: (m) => [m.units, m.tasks], make: forces, column: 1 },
  { name: "map", of: (m) => [m.map], make: (m) => (m.map ? mapOf(m.map, m.words) : []), column: 2 },
  { name: "known", of: (m) => [m.facts], make: known, column: 2, count: (m) => m.facts.length,
    title: (m) => m.words.seat_known },
];

function watched(model, panel) {
  const words = model.words;
  if (!model.seats.length) return [el("p", { class: "calm" }, words.nothing_seen)];
  const choice = el("select", { "aria-label": words.watched, onchange: () => panel.look(choice.value) },
    model.seats.map((seat) => el("option", { value: seat.id, selected: seat.id === model.of },
      seat.asked ? `${seat.name} · ${words.phase_asked}` : seat.name)));
  const asked = model.questions.map((one) => el("div", { class: "asked quietly" }, el("p", { class: "ask" }, one.text),
    one.told ? el("p", { class: "told" }, one.told) : el("p", { class: "faint" }, one.left),
    el("ol", { class: "plain" }, one.options.map((option) => el("li", {}, option.text)))));
  return [choice, ...asked];
}

function writing(model, panel) {
  const words = model.words;
  const draft = panel.draft("note", { text: "", about: "", rating: "" });
  const keep = (name) => (event) => { draft[name] = event.target.value; };
  const about = el("select", { onchange: (event) => { keep("about")(event); rate(); } },
    el("option", { value: "" }, words.note_nothing),
    model.about.map((one) => el("option", { value: one.id, selected: one.id === draft.about }, one.text)));
  const rating = el("select", { onchange: keep("rating") }, el("option", { value: "" }, words.note_no_rating),
    model.ratings.map((one) => el("option", { value: one.id, selected: one.id === draft.rating }, one.text)));
  const rated = el("label", { class: "field" }, words.note_rating, rating);
  const rate = () => {
    rated.hidden = !model.about.some((one) => one.rated && one.id === draft.about);
    if (rated.hidden) { draft.rating = ""; rating.value = ""; }
  };
  const text = el("textarea", { rows: 3, maxlength: 2000, oninput: keep("text") });
  text.value = draft.text;
  const write = async () => {
    if (draft.text.trim() && await panel.send({ do: "note", ...draft })) {
      panel.forget("note");
      panel.again("write_note");
    }
  };
  rate();
  return [el("label", { class: "field" }, words.note_about, about), rated,
    el("label", { class: "field" }, words.note_text, text),
    el("div", { class: "row end" }, el("button", { type: "button", class: "main", onclick: write }, words.write_note))];
}

function notes(model) {
  if (!model.notes.length) return [el("p", { class: "faint" }, model.words.no_notes)];
  return [el("ol", { class: "list log", "data-scroll": "notes" }, model.notes.map((row) => el("li", {},
    el("time", {}, row.at), el("div", {}, row.text))))];
}
