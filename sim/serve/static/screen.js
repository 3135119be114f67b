// The big screen for the room: the map, who is deciding, the timeline; no words of a question.

import { el } from "./dom.js";
import { mapOf } from "./map.js";

export const SCREEN = [
  { name: "map", of: (m) => [m.map], make: (m) => mapOf(m.map, m.words), column: 0, title: (m) => m.map.of },
  { name: "who_decides", of: (m) => [m.seats, m.phase, m.brief], make: deciding, column: 1 },
  { name: "timeline", of: (m) => [m.timeline, m.clock.share], make: timeline, column: 0 },
];

function deciding(model) {
  const words = model.words;
  const brief = model.phase.id === "before" ? model.brief.map((line) => el("p", { class: "brief" }, line)) : [];
  const join = model.phase.id === "before" && model.address
    ? [el("p", { class: "faint" }, words.join_at), el("p", { class: "address" }, model.address)] : [];
  const rows = model.seats.map((seat) => el("li", { class: seat.left ? "desk owing" : "desk", color: seat.color },
    el("span", { class: "who" }, seat.name), el("span", {}, seat.left)));
  return [...brief, ...join, el("ul", { class: "deciders" }, rows),
    model.phase.id !== "before" && !model.seats.some((seat) => seat.left) ? el("p", { class: "faint" }, words.nobody_decides) : null];
}

function timeline(model) {
  const rows = model.timeline.map((row) => el("li", { color: row.color }, el("span", { class: "who" }, row.name),
    el("span", { class: "track" }, row.spans.map((span) => {
      const bar = el("span", { class: span.to === null ? "span open" : "span", title: span.at });
      bar.style.left = `${100 * span.from}%`;
      bar.style.width = `${100 * Math.max(0.006, (span.to ?? model.clock.share) - span.from)}%`;
      return bar;
    }), now(model))));
  return [el("ul", { class: "tracks" }, rows)];
}

function now(model) {
  const mark = el("span", { class: "now" });
  mark.style.left = `${100 * model.clock.share}%`;
  return mark;
}
