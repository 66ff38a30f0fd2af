(() => {
  "use strict";
  // Everything here is an addition: without it each link still leads to its marked words.
  const $ = (id) => document.getElementById(id);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const panel = $("panel"), body = $("panel-body"), back = $("back");
  const REACH = 320, EVIDENCE = /^#r(\d+)-(\d+)-(\d+)$/;
  const texts = new Map();
  let opener = null, origin = null;

  const make = (tag, props = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), props);
    element.append(...children);
    return element;
  };
  const brief = (text, length = 90) => {
    const line = text.replace(/\s+/g, " ").trim();
    return line.length > length ? line.slice(0, length).replace(/\s\S*$/, "") + "…" : line;
  };

  // Offsets count code points, so a report's text is kept as an array of them.
  const textOf = (number) => {
    if (!texts.has(number)) {
      texts.set(number, Array.from(all(".z", $("R" + number)).map((zone) => zone.textContent).join("")));
    }
    return texts.get(number);
  };

  const context = (number, start, end) => {
    const text = textOf(number);
    let from = Math.max(0, start - REACH), to = Math.min(text.length, end + REACH);
    const head = text.slice(from, start).join(""), tail = text.slice(end, to).join("");
    const lead = from ? "…" + head.replace(/^\S*\s/, "") : head;
    const rest = to < text.length ? tail.replace(/\s\S*$/, "") + "…" : tail;
    const before = head.includes("\n") ? head.slice(head.lastIndexOf("\n") + 1) : lead;
    const after = tail.includes("\n") ? tail.slice(0, tail.indexOf("\n")) : rest;
    return make("blockquote", {}, before, make("mark", { textContent: text.slice(start, end).join("") }), after);
  };

  // What was read from a mark: the items that hold a link to it.
  const describe = (link) => {
    const saying = link.closest(".saying"), item = link.closest(".item"), actor = link.closest(".actor");
    if (saying) {
      const who = saying.closest(".voice").querySelector("h3").textContent;
      return [saying.id, `${who}: ${brief(saying.querySelector("blockquote").textContent, 70)}`];
    }
    const home = item || actor;
    if (!home) return null;
    const title = home.querySelector("h3, h4") || home;
    home.id ||= "i" + all(".item").indexOf(home);
    return [home.id, brief(title.textContent)];
  };
  const uses = (ids) => {
    const found = new Map();
    for (const id of ids) {
      for (const link of all(`main a[href="#${id}"]`)) {
        const use = describe(link);
        if (use) found.set(...use);
      }
    }
    return found;
  };

  // All pieces of a span that others cut; style alone reaches the first.
  const light = (id) => {
    all(".lit").forEach((mark) => mark.classList.remove("lit"));
    if (!EVIDENCE.test("#" + id)) return;
    for (const mark of all(`#${id}, [data-of="${id}"]`)) mark.classList.add("lit");
  };

  const show = (id, ids, from) => {
    const [, number, start, end] = EVIDENCE.exec("#" + id).map(Number);
    const report = $("R" + number), zone = $(id) && $(id).closest(".z");
    const kind = zone ? zone.classList[1].replace("_", " ") : "body";
    const facts = all("tr", report).slice(0, 2).map((row) => row.cells[1].firstChild.textContent.trim());
    const go = make("a", { className: "go", href: "#" + id, textContent: "Read it in the report" });
    const list = make("ul");
    for (const [home, name] of uses(ids)) {
      if (!from || !from.closest("#" + CSS.escape(home))) {
        list.append(make("li", {}, make("a", { href: "#" + home, textContent: name })));
      }
    }
    body.replaceChildren(
      make("p", { className: "src", textContent: $(`R${number}h`).textContent }),
      make("p", { className: "sub", textContent: [`Report ${number}`, ...facts.reverse(), kind === "body" ? "" : kind].filter(Boolean).join(" · ") }),
      ...($(id) && $(id).title ? [make("p", { className: "sub", textContent: "Taken as " + $(id).title })] : []),
      context(number, start, end), go,
      ...(list.children.length ? [make("h3", { textContent: from ? "Also read from these words" : "Read from these words" }), list] : []),
    );
    light(id);
    opener = from || opener;
    panel.hidden = false;
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
  };
  const close = () => {
    if (panel.hidden) return false;
    panel.hidden = true;
    light(location.hash.slice(1));
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
    return true;
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest('a[href^="#"]');
    if (link) {
      const id = link.getAttribute("href").slice(1);
      if (EVIDENCE.test("#" + id) && !panel.contains(link)) {
        event.preventDefault();
        show(id, [id], link);
        return;
      }
      if (link.closest(".contents, .skip, figure")) return;
      origin = panel.contains(link) ? opener : link;
      if (panel.contains(link)) panel.hidden = true;
      back.hidden = !origin;
      return;
    }
    const mark = event.target.closest(".text b");
    if (mark && String(getSelection()) === "") {
      const ids = [];
      for (let at = mark; at; at = at.parentElement.closest("b")) ids.push(at.id || at.dataset.of);
      opener = null;
      show(ids[0], ids, null);
    }
  });
  $("panel-close").addEventListener("click", close);
  back.addEventListener("click", () => {
    back.hidden = true;
    if (origin && origin.isConnected) {
      origin.scrollIntoView({ block: "center" });
      origin.focus({ preventScroll: true });
    }
  });

  // Filters: by words, by an actor in any role, by report.
  const form = $("filters"), words = $("filter-text"), actor = $("filter-actor"), report = $("filter-report");
  const items = all("main .item"), groups = all("[data-group]"), reports = all(".report"), haystack = new Map();
  const has = (element, name, wanted) => !wanted || (element.dataset[name] || "").split(" ").includes(wanted);
  const apply = () => {
    const needle = words.value.trim().toLowerCase();
    let shown = 0;
    for (const item of items) {
      if (!haystack.has(item)) haystack.set(item, item.textContent.toLowerCase());
      item.hidden = !(has(item, "r", report.value) && has(item, "a", actor.value) && haystack.get(item).includes(needle));
      shown += !item.hidden;
    }
    for (const group of groups) group.hidden = !group.querySelector(".item:not([hidden])");
    for (const one of reports) one.hidden = !has(one, "r", report.value);
    const active = Boolean(needle || actor.value || report.value);
    $("filter-reset").hidden = !active;
    $("filter-count").textContent = active ? `${shown} of ${items.length} items shown` : "";
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  apply();

  // A link may lead to something that a filter hides, or that is folded away.
  const reveal = () => {
    light(location.hash.slice(1));
    let target = null;
    try { target = $(decodeURIComponent(location.hash.slice(1))); } catch { return; }
    if (!target) return;
    if (target.closest("[hidden]")) form.reset();
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    setTimeout(() => target.scrollIntoView({ block: target.matches("b") ? "center" : "start" }));
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Keys. Single letters can be switched off.
  $("keys-line").hidden = false;
  const step = (by) => {
    const seen = items.filter((item) => !item.closest("[hidden]"));
    const at = seen.indexOf(document.activeElement.closest(".item"));
    const next = seen[at < 0 ? (by > 0 ? 0 : seen.length - 1) : at + by];
    if (!next) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
    if (!panel.hidden) next.querySelector("a.e")?.click();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (close()) event.preventDefault();
      return;
    }
    const typing = event.target.closest("input, select, textarea, button");
    if (typing || event.metaKey || event.ctrlKey || event.altKey || !$("keys").checked) return;
    if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
    else if (event.key === "/") words.focus();
    else if (event.key === "Enter" && event.target.matches(".item")) event.target.querySelector("a.e")?.click();
    else return;
    event.preventDefault();
  });

  // Paper shows what the screen folds away.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details.fold:not([open])");
    folded.forEach((fold) => { fold.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((fold) => { fold.open = false; }));
})();
