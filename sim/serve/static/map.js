// The map: lines, spots, marks and names, placed by the program that made the model.

import { draw, el } from "./dom.js";

const SIGNS = {
  hazard: { fill: "var(--bad)", path: "M10 1 19 18H1Z", text: "!", ink: "#fff", y: 16 },
  danger: { fill: "var(--warn)", path: "M10 1 19 18H1Z", text: "!", ink: "#1d252c", y: 16 },
  doubt: { fill: "var(--odd)", path: "M10 0 20 10 10 20 0 10Z", text: "?", ink: "#fff", y: 15 },
  hurt: { fill: "#fff", path: "M10 1a9 9 0 1 0 .01 0Z", text: "+", ink: "#b3261e", y: 15, edge: "#b3261e" },
  shelter: { fill: "var(--good)", path: "M10 1 19 9H16V19H4V9H1Z", text: "", ink: "#fff", y: 15 },
  evacuate: { fill: "var(--good)", path: "M1 7H11V2L19 10 11 18V13H1Z", text: "", ink: "#fff", y: 15 },
  cordon: { fill: "none", path: "M2 2H18V18H2Z", text: "#", ink: "var(--ink)", y: 15, edge: "var(--ink)" },
  closed: { fill: "var(--bad)", path: "M10 1a9 9 0 1 0 .01 0Z", text: "–", ink: "#fff", y: 15 },
  directed: { fill: "var(--good)", path: "M10 1a9 9 0 1 0 .01 0Z", text: "⇄", ink: "#fff", y: 15 },
  blocked: { fill: "none", path: "M3 3 17 17M17 3 3 17", text: "", ink: "#fff", y: 15, edge: "var(--bad)" },
  post: { fill: "var(--ink)", path: "M4 1H6V2H18L15 6.5 18 11H6V19H4Z", text: "", ink: "#fff", y: 15 },
  down: { fill: "var(--soft)", path: "M2 2H18V18H2Z", text: "×", ink: "#fff", y: 15 },
  unit: { fill: "var(--unit)", path: "M1 4H19V17H1Z", text: "•", ink: "#fff", y: 15 },
};

function sign(mark, x, y, size = 20) {
  const look = SIGNS[mark.kind];
  const text = mark.text || look.text;
  return draw("g", { transform: `translate(${x} ${y}) scale(${size / 20})` },
    draw("path", { d: look.path, fill: look.fill, stroke: look.edge ?? "#fff", "stroke-width": look.edge ? 2.2 : 1,
      "stroke-linejoin": "round" }),
    text && draw("text", { x: 10, y: look.y, "text-anchor": "middle", fill: look.ink, class: "sign",
      "font-size": text.length > 2 ? 9 : 13 }, text));
}

/** Return the map of a model, with its key. */
export function mapOf(map, words) {
  const parts = [];
  for (const road of map.roads) {
    parts.push(draw("line", { x1: road.from[0], y1: road.from[1], x2: road.to[0], y2: road.to[1],
      class: road.large ? "road large" : "road" }));
  }
  for (const place of map.places) {
    const told = place.marks.map((mark) => `${words[`mark_${mark.kind}`]} ${mark.text}`.trim()).join(", ");
    const spot = draw("g", {}, draw("title", {}, told ? `${place.name}: ${told}` : place.name));
    spot.append(place.people
      ? draw("circle", { cx: place.x, cy: place.y, r: 4.5, class: "spot" })
      : draw("rect", { x: place.x - 3, y: place.y - 3, width: 6, height: 6, class: "spot small" }));
    place.marks.forEach((mark, at) => spot.append(sign(mark, place.x + 7 + at * 22, place.y - 10)));
    if (place.label) {
      spot.append(draw("text", { x: place.label.x, y: place.label.y, class: place.marks.length ? "name told" : "name" },
        place.name));
    }
    parts.push(spot);
  }
  const end = map.wide - 18;
  parts.push(
    draw("path", { d: `M${end - map.km.wide} ${map.tall - 16}v6h${map.km.wide}v-6`, class: "bar" }),
    draw("text", { x: end - map.km.wide / 2, y: map.tall - 18, "text-anchor": "middle", class: "small" }, `${map.km.km} km`),
    draw("path", { d: "M22 40V14M22 10l-6 12M22 10l6 12", class: "bar" }),
    draw("text", { x: 22, y: 56, "text-anchor": "middle", class: "small" }, "N"));
  const picture = draw("svg", { viewBox: `0 0 ${map.wide} ${map.tall}`, class: "chart", role: "img",
    "aria-label": map.of }, parts);
  const key = map.kinds.map((kind) => el("li", {},
    draw("svg", { viewBox: "-1 -1 22 22", class: "key", "aria-hidden": "true" }, sign({ kind, text: "" }, 0, 0)),
    words[`mark_${kind}`]));
  return [picture, el("ul", { class: "keys" }, key, el("li", { class: "faint" }, words.map_note))];
}
