// The search box of a carried pack and what it finds. All is one classic script, search.js: browsers allow a page
// that was opened from a disk neither modules nor `fetch`.

(() => {
  "use strict";
  const form = document.getElementById("search");
  if (!form) return;
  const box = form.elements.namedItem("q");
  const area = document.getElementById("found");
  const home = form.dataset.home;
  form.hidden = false;

  // On the page of an item the search opens the first page, which has the index.
  if (!area) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.href = `${home}#q=${encodeURIComponent(box.value.trim())}`;
    });
    return;
  }

  const data = globalThis.PACK;
  const { words } = data;
  const MOST_PLACES = 4;
  const MOST_MORE = 60;
  let [finding, marking] = [null, null];
  const rest = [...document.querySelectorAll("[data-unless-found]")];

  const made = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const filled = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
  // Plural forms go by the last digit at most: thirty numbers tell them all.
  const plural = ({ forms, of }, shown, values) => filled(forms[of[shown < 20 ? shown : 20 + (shown % 10)]], { shown, ...values });
  const clock = (seconds) => {
    const whole = Math.floor(seconds);
    const [hours, minutes, left] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, String(whole % 60).padStart(2, "0")];
    return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${left}` : `${minutes}:${left}`;
  };
  const lang = (code) => data.tags[code] || code;

  function marked(text, language, query, whole = false) {
    const spans = marking.spans(text, language, query);
    const [from, until] = whole ? [0, text.length] : marking.stretch(text, spans);
    const parts = from > 0 ? ["…"] : [];
    let at = from;
    for (const [start, end] of spans) {
      if (start < at || start >= until) continue;
      parts.push(text.slice(at, start), made("mark", {}, text.slice(start, Math.min(end, until))));
      at = Math.min(end, until);
    }
    parts.push(text.slice(at, until), until < text.length ? "…" : "");
    return parts;
  }

  // Where a place is: its words, and its address.
  function whereabouts(place, item) {
    const file = place.file === null ? null : item.files[place.file];
    if (place.kind === "page") {
      const words_ = filled(words.page, { page: place.number });
      const href = file?.href ? `${file.href}#page=${place.number - file.before}` : `${item.href}#files`;
      return [words_, href];
    }
    if (place.kind === "cue") return [clock(place.number), `${item.href}#t=${place.number}`];
    return [words.kinds[place.kind], `${item.href}#${place.kind}`];
  }

  function line(place, item, query) {
    const [words_, href] = whereabouts(place, item);
    const text = made("span", { lang: lang(place.language) }, ...marked(place.text, place.language, query));
    return made("li", {}, made("a", { href }, made("b", {}, words_), " ", text));
  }

  function result({ item: number, places }, query) {
    const item = data.items[number];
    const title = made("a", { href: item.href }, ...marked(item.title, item.language, query, true));
    const lines = places.filter(({ kind }) => kind !== "title").map((place) => () => line(place, item, query));
    const list = made("ul", { class: "passages" }, ...lines.slice(0, MOST_PLACES).map((show) => show()));
    const children = [made("p", { class: "kind" }, item.kind), made("h2", { lang: lang(item.language) }, title)];
    if (lines.length) children.push(list);
    const more = lines.slice(MOST_PLACES, MOST_MORE);
    if (more.length) {
      const details = made("details", {}, made("summary", {}, filled(words.more, { more: more.length })));
      // Made when it is opened: marking a hundred pages at once would keep the reader waiting.
      details.addEventListener("toggle", () => {
        if (details.open && details.children.length === 1)
          details.append(made("ul", { class: "passages" }, ...more.map((show) => show())));
      });
      children.push(details);
    }
    return made("li", { class: "hit" }, ...children);
  }

  function nothing() {
    return made("div", { class: "empty" },
      made("p", {}, words.spelling), made("p", {}, words.fewer), made("p", {}, words.holds));
  }

  function show(text) {
    const isAsked = Boolean(text);
    for (const each of rest) each.hidden = isAsked;
    area.hidden = !isAsked;
    box.value = text;
    const status = area.querySelector("[role=status]");
    const list = area.querySelector("[data-hits]");
    list.replaceChildren();
    if (!isAsked) {
      status.textContent = "";
      document.title = data.title;
      return;
    }
    if (!finding) {
      const analysis = globalThis.packAnalysis(data.tables, data.known);
      marking = globalThis.packMarking(data.tables, analysis);
      finding = globalThis.packFinding(data, analysis, marking);
    }
    const { hits, how, query } = finding.find(text);
    const spots = hits.reduce((sum, { places }) => sum + places.length, 0);
    const said = hits.length
      ? `${plural(words.works, hits.length, { asked: text })} · ${plural(words.places, spots, {})}`
      : filled(words.nothing, { asked: text });
    status.textContent = said;
    document.title = `${said} – ${data.title}`;
    if (hits.length && how !== "whole") list.append(made("p", { class: "note" }, words[how]));
    if (hits.length) list.append(made("ol", { class: "hits" }, ...hits.map((hit) => result(hit, query))));
    else list.append(nothing());
  }

  function asked() {
    const found = /^#q=(.*)$/.exec(location.hash);
    if (!found) return "";
    try {
      return decodeURIComponent(found[1].replace(/\+/g, " ")).trim();
    } catch {
      return found[1];
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    const hash = text ? `#q=${encodeURIComponent(text)}` : "";
    if (hash && location.hash === hash) show(text);
    else location.hash = hash || "#";
  });
  // A search field that is emptied by its cross or by Escape gives the contents back.
  box.addEventListener("search", () => box.value || (location.hash = "#"));
  addEventListener("hashchange", () => (/^#(q=|$)/.test(location.hash || "#") ? show(asked()) : undefined));
  if (asked()) show(asked());
})();
