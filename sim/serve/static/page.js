// A page in the browser: joins by a code, asks for news, and sends what a person does.

import { el, remembered } from "./dom.js";
import { mount } from "./panel.js";

const root = document.getElementById("panel");
const page = root.dataset.page;
let lang = remembered("lang") ?? root.dataset.lang;

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
const post = (where, body) => fetch(`${where}?lang=${lang}`, {
  method: "POST", credentials: "same-origin", body: JSON.stringify(body),
  headers: { "Content-Type": "application/json", "X-Exercise": "1" },
});

async function joining() {
  const words = (await (await fetch(`/words?lang=${lang}`)).json()).words;
  const said = el("p", { class: "told", role: "alert" });
  const code = el("input", { type: "text", class: "code", maxlength: 12, autocomplete: "off", autocapitalize: "characters",
    spellcheck: "false", "aria-label": words.join_hint });
  const join = async (event) => {
    event.preventDefault();
    try {
      const reply = await post("/join", { code: code.value });
      const told = await reply.json();
      if (reply.ok) location.assign(told.go);
      else { said.textContent = told.refused ?? words.join_hint; code.select(); }
    } catch { said.textContent = words.dropped; }
  };
  root.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = `${words.mark} ${words.join_title}`;
  root.replaceChildren(el("p", { class: "strip" }, words.mark_long),
    el("form", { class: "box join", onsubmit: join }, el("h1", {}, words.join_title), el("p", { class: "faint" }, words.join_hint),
      code, el("button", { class: "main" }, words.join), said,
      el("button", { type: "button", class: "tool", onclick: () => { lang = remembered("lang", lang === "zh" ? "en" : "zh"); joining(); } },
        words.language)));
  code.focus();
}

async function following() {
  let looking = null;
  let tag = "";
  let words = null;
  let seat = remembered("watched") ?? "";
  const link = {
    async send(act) {
      for (let tries = 0; ; tries += 1) {
        try {
          const reply = await post("do", act);
          if (reply.status === 401) { signedOut(words); return { ok: false, said: "" }; }
          const told = await reply.json();
          return { ...told, ok: reply.ok, said: reply.ok ? told.said : told.refused ?? String(reply.status) };
        } catch {
          // an answer may be sent twice: the program knows it again; what cannot be known again is not repeated
          if (tries === 4 || act.do !== "answer") return { ok: false, said: words.dropped };
          await pause(700 * (tries + 1));
        }
      }
    },
    lang(code) { lang = remembered("lang", code) ?? code; tag = ""; looking?.abort(); },
    look(chosen) { seat = remembered("watched", chosen) ?? chosen; tag = ""; looking?.abort(); },
  };
  const shown = mount(root, link, { joins: true, reportAt: "/trainer/report", resultsAt: "/trainer/groups.csv" });
  for (let failed = 0; ;) {
    looking = new AbortController();
    const asked = `${lang}/${seat}`;
    const of = page === "observer" ? `&of=${encodeURIComponent(seat)}` : "";
    try {
      const reply = await fetch(`model?lang=${lang}&after=${tag}${of}`, { signal: looking.signal, credentials: "same-origin" });
      if (reply.status === 401) return signedOut(words);
      if (reply.status === 200) {
        const model = await reply.json();
        if (asked === `${lang}/${seat}`) { tag = reply.headers.get("X-Model"); words = model.words; shown.show(model); }
      } else if (reply.status !== 204) throw new Error(String(reply.status));
      else shown.lost("");
      failed = 0;
    } catch (error) {
      if (error.name === "AbortError") continue;
      failed += 1;
      if (words) shown.lost(words.dropped);
      await pause(Math.min(5000, 400 * failed));
    }
  }
}

function signedOut(words) {
  if (!words) return location.assign("/");
  root.replaceChildren(el("p", { class: "strip" }, words.mark_long), el("div", { class: "box join" }, el("p", {}, words.left_out),
    el("a", { class: "main", href: "/" }, words.join_again)));
  return undefined;
}

if (page === "join") joining(); else following();
