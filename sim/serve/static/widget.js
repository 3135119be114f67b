// The panel in a notebook: the kernel sends models and takes acts.

import { mount } from "./panel.js";

export function render({ model, el: root }) {
  const waiting = new Map();
  let number = 0;
  const answered = (told) => { waiting.get(told.number)?.(told.reply); waiting.delete(told.number); };
  const link = {
    send: (act) => new Promise((resolve) => {
      number += 1;
      waiting.set(number, resolve);
      model.send({ number, act });
    }),
    lang: (code) => { model.set("lang", code); model.save_changes(); },
  };
  root.classList.add("panel");
  const shown = mount(root, link);
  const show = () => { const now = model.get("state"); if (now.kind) shown.show(now); };
  model.on("msg:custom", answered);
  model.on("change:state", show);
  show();
  return () => { model.off("msg:custom", answered); model.off("change:state", show); };
}
