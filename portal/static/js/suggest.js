// Below every search box: what it may go on to say, as a combobox with a list (WAI-ARIA 1.2). Without this the form still asks.

const PAUSE = 150; // milliseconds without a letter before the portal is asked
const PAUSE_OF_PHONES = 600; // their keyboards compose every word, so there one waits for a pause instead of its end
const PATIENCE = 4000;
const KEPT = 50;
const LEAST_ROOM = 180; // pixels below the box

const phone = matchMedia("(pointer: coarse)");

function combobox(form, number) {
  const box = form.elements.q;
  const list = document.createElement("div");
  const status = document.createElement("p");
  const names = new Map(form.dataset.languages.split(";").map((name) => name.split("=")));
  const answers = new Map();
  let options = [];
  let active = -1;
  let timer = 0;
  let request = null;

  list.id = `suggestions-${number}`;
  list.className = "suggest";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.told);
  status.className = "aside-text";
  status.setAttribute("role", "status");
  form.append(list, status);
  // A box of type search can't be a combobox.
  box.type = "text";
  box.enterKeyHint = "search";
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ]) box.setAttribute(name, value);

  const isOpen = () => !list.hidden;

  function activate(index) {
    options[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = options[active];
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest", behavior: "instant" });
    box.setAttribute("aria-activedescendant", option.id);
  }

  function close() {
    activate(-1);
    list.hidden = true;
    status.textContent = "";
    box.setAttribute("aria-expanded", "false");
  }

  function forget() {
    clearTimeout(timer);
    timer = 0;
    request?.abort();
    request = null;
  }

  function stop() {
    forget();
    close();
  }

  // The list ends above a phone's keyboard and never lies over the box.
  function fit() {
    if (!isOpen()) return;
    const view = window.visualViewport;
    const end = view ? view.offsetTop + view.height : innerHeight;
    const room = () => end - form.getBoundingClientRect().bottom - 12;
    if (room() < LEAST_ROOM) form.scrollIntoView({ block: "start", behavior: "instant" });
    list.style.setProperty("--room", `${Math.max(room(), LEAST_ROOM)}px`);
  }

  function told(tag, text, language) {
    const element = document.createElement(tag);
    element.textContent = text;
    if (language) element.lang = language;
    return element;
  }

  function option({ kind, text, language, url }, index) {
    const made = told("a", "");
    const about = told("small", `${form.dataset[kind] ?? ""} · `);
    made.id = `${list.id}-${index}`;
    made.href = url;
    made.tabIndex = -1;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    about.append(told("span", names.get(language) ?? language, language));
    made.append(told("span", text, language), " ", about);
    return made;
  }

  function show(suggestions) {
    if (!suggestions.length || document.activeElement !== box) return close();
    activate(-1);
    options = suggestions.map(option);
    list.replaceChildren(...options);
    list.hidden = false;
    list.scrollTop = 0;
    box.setAttribute("aria-expanded", "true");
    status.textContent = `${form.dataset.told}: ${options.length}`;
    fit();
  }

  async function ask() {
    forget();
    const text = box.value.trim();
    // One letter of Latin script says nothing; a syllable or a character of another does.
    if (!text || /^[\x00-\x7f]$/.test(text)) return close();
    if (answers.has(text)) return show(answers.get(text));
    const mine = (request = new AbortController());
    const late = setTimeout(() => mine.abort(), PATIENCE);
    try {
      const asked = new URLSearchParams({ q: text.slice(0, 200), ui: form.dataset.ui });
      const answer = await fetch(`${form.dataset.suggest}?${asked}`, { signal: mine.signal });
      if (!answer.ok) throw new Error(answer.statusText);
      const { suggestions } = await answer.json();
      if (answers.size >= KEPT) answers.clear();
      answers.set(text, suggestions);
      if (mine === request) show(suggestions);
    } catch {
      // Suggestions are a help: without them one goes on typing.
      if (mine === request) close();
    } finally {
      clearTimeout(late);
      if (mine === request) request = null;
    }
  }

  function soon(event) {
    clearTimeout(timer);
    timer = 0;
    if (event.isComposing && !phone.matches) return;
    timer = setTimeout(ask, event.isComposing ? PAUSE_OF_PHONES : PAUSE);
  }

  // `only`: to open or close the list, and not to choose in it.
  async function move(down, only) {
    const places = options.length + 1; // one of them is the box itself
    if (only && !down) stop();
    else if (isOpen() && !timer && !request) {
      if (!only) activate(((active + (down ? 2 : places)) % places) - 1);
    } else {
      // What is on its way would take the place of the list that is chosen from.
      await ask();
      if (isOpen() && !only) activate(down ? 0 : options.length - 1);
    }
  }

  box.addEventListener("input", soon);
  box.addEventListener("compositionend", () => soon({ isComposing: false }));
  box.addEventListener("blur", stop);
  form.addEventListener("submit", stop);
  addEventListener("pageshow", stop);
  // Pressing an option must not take the focus, or the list would be gone before the press ends.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    if (event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) close();
  });
  window.visualViewport?.addEventListener("resize", fit);
  addEventListener("resize", fit);

  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const chosen = isOpen() ? options[active] : undefined;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown", event.altKey);
    else if (event.key === "Home" && chosen) activate(0);
    else if (event.key === "End" && chosen) activate(options.length - 1);
    else if (event.key === "Enter" && chosen) chosen.click();
    else if (event.key === "Escape" && isOpen()) stop();
    else if (event.key === "Escape" && box.value) box.value = "";
    else {
      if (event.key === "Tab") stop();
      else if (chosen && (event.key === "ArrowLeft" || event.key === "ArrowRight")) activate(-1);
      return;
    }
    event.preventDefault();
  });
}

document.querySelectorAll("form[data-suggest]").forEach(combobox);
