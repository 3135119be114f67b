// Small helpers to make elements. Data only ever becomes text: nothing here reads markup.

const SVG = "http://www.w3.org/2000/svg";

/** Return an element with attributes, listeners (on...) and children; strings become text. */
export function el(tag, given = {}, ...children) {
  return dress(document.createElement(tag), given, children);
}

/** The same for drawings. */
export function draw(tag, given = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), given, children);
}

function dress(node, given, children) {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || (value === false && !name.startsWith("aria-"))) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "color") node.style.setProperty("--color", value);
    else if (name === "checked" || name === "value" || name === "disabled") node[name] = value;
    else node.setAttribute(name, value === true && !name.startsWith("aria-") ? "" : String(value));
  }
  node.append(...children.flat().filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}

/** Fill the braces of a text. */
export function filled(text, fields) {
  return Object.entries(fields).reduce((told, [name, value]) => told.replaceAll(`{${name}}`, String(value)), text);
}

/** Remember a choice of the reader on this device; where nothing can be remembered, it holds for this page. */
export function remembered(name, value) {
  try {
    if (value !== undefined) localStorage.setItem(`exercise-${name}`, value);
    return localStorage.getItem(`exercise-${name}`);
  } catch {
    return value ?? null;
  }
}

/** Let a person confirm something in a window of its own; resolves to whether they did. */
export function sure(root, text, yes, no) {
  return new Promise((resolve) => {
    let agreed = false;
    const agree = () => { agreed = true; box.close(); };
    const box = el("dialog", { class: "sure", onclose: () => { box.remove(); resolve(agreed); } },
      el("p", {}, text),
      el("div", { class: "row end" },
        el("button", { type: "button", class: "quiet", onclick: () => box.close() }, no),
        el("button", { type: "button", class: "main", onclick: agree }, yes)));
    root.append(box);
    box.showModal();
  });
}
