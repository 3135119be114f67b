// Orders by form: each step is asked of the program, which knows what can stand in the next field.

import { el } from "./dom.js";

const FILTER_FROM = 9;

/** Return the form by which a seat gives orders of its own. */
export function orderForm(model, panel) {
  const words = model.words;
  const state = panel.draft("order", { given: {}, fields: [], step: null });
  const box = el("div", { class: "order" });
  const show = (...nodes) => box.replaceChildren(...nodes.flat().filter(Boolean));
  const leave = () => { Object.assign(state, { given: {}, fields: [], step: null }); start(); };

  function start() {
    const select = el("select", { "aria-label": words.order_start },
      el("option", { value: "" }, `${words.order_start} …`),
      model.orders.map((one) => el("option", { value: one.id }, one.text)));
    select.addEventListener("change", () => { if (select.value) { state.given = { do: select.value }; next(); } });
    show(select);
  }

  async function next() {
    const step = await panel.ask({ do: "form", given: state.given });
    if (!step) return leave();
    state.step = step;
    return render();
  }

  function back() {
    const last = state.fields.pop();
    if (last === undefined) return leave();
    delete state.given[last];
    return next();
  }

  function head() {
    return el("p", { class: "order-kind" }, model.orders.find((one) => one.id === state.given.do)?.text ?? "");
  }

  function feet(main) {
    return el("div", { class: "row end" },
      el("button", { type: "button", class: "quiet", onclick: leave }, words.order_cancel),
      el("button", { type: "button", class: "quiet", onclick: back }, words.order_back), main);
  }

  function render() {
    const step = state.step;
    if (step.summary !== undefined) {
      const give = el("button", { type: "button", class: "main", onclick: async () => {
        give.disabled = true;
        if (await panel.send({ do: "order", order: step.order, reason: "" })) leave(); else give.disabled = false;
      } }, words.order_sure);
      return show(head(), el("p", { class: "sure-of" }, step.summary), feet(give));
    }
    if (!step.choices.length && !step.optional) return show(head(), el("p", { class: "calm" }, words.order_none), feet(null));
    return show(head(), el("p", { class: "ask" }, step.title), ...fieldOf(step));
  }

  function take(value) {
    state.given[state.step.field] = value;
    state.fields.push(state.step.field);
    next();
  }

  function fieldOf(step) {
    const name = `field-${step.field}`;
    const rows = step.choices.map((one) => {
      if (!step.many) {
        return el("button", { type: "button", class: "choice", onclick: () => take(one.id) }, one.text);
      }
      return el("label", { class: "choice" }, el("input", { type: "checkbox", name, value: one.id }), " ", one.text);
    });
    const list = el("div", { class: "choices" }, rows);
    const filter = rows.length > FILTER_FROM ? el("input", { type: "search", "aria-label": step.title, placeholder: "…",
      oninput: () => rows.forEach((row) => { row.hidden = !row.textContent.toLowerCase().includes(filter.value.toLowerCase()); }) }) : null;
    const chosen = () => [...list.querySelectorAll("input:checked")].map((one) => one.value);
    const go = step.many ? el("button", { type: "button", class: "main", onclick: () => {
      if (chosen().length || step.optional) take(chosen());
    } }, words.order_next) : null;
    return [filter, list, feet(go)];
  }

  if (state.step) render(); else start();
  return box;
}
