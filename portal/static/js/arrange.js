// The page where a pack is arranged: drag and drop, moving without loading the page again, the length against the target, and
// a warning before what was typed is lost. Without this every button still works: it sends the form.

const form = document.getElementById("arrange");
// As the server writes numbers and lengths: CLDR's English of Britain, and Portuguese of Portugal.
const language = { en: "en-GB", pt: "pt-PT" }[document.documentElement.lang] ?? document.documentElement.lang;
const EDGE = 72; // pixels from the window's edge within which dragging scrolls
const SPEED = 14;

function told(name, values) {
  return form.dataset[name].replace(/%\((\w+)\)s/g, (_, key) => values[key] ?? "");
}

// On a narrow screen the tabs are a row that scrolls: the one of this page is in it.
const tab = document.querySelector(".steps li:has([aria-current])");
if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.offsetWidth) / 2;

// --- Copying an address --------------------------------------------------------------

for (const button of document.querySelectorAll("[data-copy]")) {
  const box = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    box.select();
    try {
      await navigator.clipboard.writeText(box.value);
    } catch {
      // Not on a page without HTTPS: what is selected can be copied all the same.
      document.execCommand("copy");
    }
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = label), 2500);
  });
  box.addEventListener("focus", () => box.select());
}

// Whoever writes a text of his own out of two wants that one.
for (const box of document.querySelectorAll(".clashes [name$='-merged']")) {
  box.addEventListener("input", () => {
    const choice = document.querySelector(`[name="${box.name.replace("-merged", "-take")}"][value="merged"]`);
    if (choice) choice.checked = true;
  });
}

// What was typed stands on this page alone until it is chosen or not.
const clashes = document.querySelector(".clashes");
if (clashes) {
  const ask = (event) => event.preventDefault();
  addEventListener("beforeunload", ask);
  clashes.addEventListener("submit", () => removeEventListener("beforeunload", ask));
}

if (form?.querySelector("[data-sections]")) arrange();

function arrange() {
  const live = form.querySelector("[data-live]");
  const mark = form.querySelector("[data-unsaved-mark]");
  let changed = document.querySelector(".wrong-box") !== null;
  let sending = false;

  // --- What is not saved ---------------------------------------------------------------

  function touched() {
    changed = true;
    mark.textContent = form.dataset.unsaved;
  }

  if (changed) touched();
  form.addEventListener("input", touched);
  form.addEventListener("submit", () => {
    sending = true;
    keepPlace();
  });
  addEventListener("pageshow", () => (sending = false));
  addEventListener("beforeunload", (event) => {
    if (changed && !sending) event.preventDefault();
  });

  // --- Where the maker was ---------------------------------------------------------------

  // Whoever saves in the middle of a long pack goes on there, with the same fields open.
  function keepPlace() {
    const open = [...form.querySelectorAll("[data-item]:has(> details[open])")].map((item) => item.id);
    try {
      sessionStorage.setItem("arrange", JSON.stringify({ code: form.dataset.code, y: scrollY, open }));
    } catch {
      // A browser that stores nothing begins at the top.
    }
  }

  function resume() {
    let was = null;
    try {
      was = JSON.parse(sessionStorage.getItem("arrange"));
      sessionStorage.removeItem("arrange");
    } catch {
      return;
    }
    if (was?.code !== form.dataset.code) return;
    for (const id of was.open) document.getElementById(id)?.querySelector(":scope > details")?.setAttribute("open", "");
    if (new URLSearchParams(location.search).get("done") !== "saved") return;
    // What says so at the top may be out of sight.
    mark.textContent = document.getElementById("told").textContent.trim();
    // After the browser has given the focus to the button that was pressed.
    requestAnimationFrame(() => scrollTo({ top: was.y, behavior: "instant" }));
  }

  resume();

  // --- The length against the target -----------------------------------------------------

  const target = form.elements["p-target_minutes"];
  const count = new Intl.NumberFormat(language);
  // Browsers do not know how each of the languages writes a length: the server says it.
  const plural = new Intl.PluralRules(language);
  const minutes = (value) => told(plural.select(value) === "one" ? "oneMinute" : "someMinutes", { length: count.format(value) });
  const against = form.querySelector("[data-against]");
  const bar = form.querySelector("[data-progress]");

  // A whole number in any script's digits, as the server reads it.
  function number(text) {
    let value = "";
    for (const digit of text.trim()) {
      if (!/\p{Nd}/u.test(digit)) return 0;
      let zero = digit.codePointAt(0);
      while (zero > digit.codePointAt(0) - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
      value += digit.codePointAt(0) - zero;
    }
    return Number(value);
  }

  function measure() {
    const wanted = number(target.value);
    const total = Number(form.dataset.minutes);
    bar.hidden = !wanted;
    bar.max = wanted || 1;
    bar.value = Math.min(total, bar.max);
    bar.classList.toggle("over", total > wanted);
    if (!wanted) against.textContent = "";
    else if (total === wanted) against.textContent = form.dataset.exact;
    else against.textContent = told(total > wanted ? "over" : "left", { length: minutes(Math.abs(total - wanted)) });
  }

  target.addEventListener("input", measure);
  measure();

  // --- Moving -----------------------------------------------------------------------------

  const items = () => [...form.querySelectorAll("[data-item]")];
  const sections = () => [...form.querySelectorAll("[data-section]")];
  const heading = (section) => section.querySelector("input[name$='-title']").value;
  // The first item can't go up, nor the last one down; neither can sections.
  function mend() {
    for (const [all, name] of [[items(), "item"], [sections(), "section"]]) {
      all.forEach((element, at) => {
        const up = element.querySelector(`:scope > div button[value^="${name}-up:"]`);
        const down = element.querySelector(`:scope > div button[value^="${name}-down:"]`);
        const home = element.closest("[data-section]");
        const first = at === 0 && (name === "section" || home === sections()[0]);
        const last = at === all.length - 1 && (name === "section" || home === sections().at(-1));
        if (up) up.disabled = first;
        if (down) down.disabled = last;
      });
    }
    for (const list of form.querySelectorAll("[data-items]")) if (!list.children.length) list.replaceChildren();
  }

  function announce(element) {
    mend();
    touched();
    const isItem = element.matches("[data-item]");
    const beside = isItem ? [...element.parentElement.children] : sections();
    live.textContent = told(isItem ? "moved" : "sectionMoved", {
      title: isItem ? element.dataset.title : heading(element),
      place: count.format(beside.indexOf(element) + 1),
      count: count.format(beside.length),
    });
  }

  // One place up or down; from the edge of a section into the one beside it.
  function step(item, down) {
    const sibling = down ? item.nextElementSibling : item.previousElementSibling;
    if (sibling) down ? sibling.after(item) : sibling.before(item);
    else {
      const all = sections();
      const beside = all[all.indexOf(item.closest("[data-section]")) + (down ? 1 : -1)];
      if (!beside) return false;
      const list = beside.querySelector("[data-items]");
      down ? list.prepend(item) : list.append(item);
    }
    return true;
  }

  function moveSection(section, down) {
    const sibling = down ? section.nextElementSibling : section.previousElementSibling;
    if (!sibling) return false;
    down ? sibling.after(section) : sibling.before(section);
    return true;
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[value]");
    const [verb, key] = button?.value.split(":") ?? [];
    const element = key && document.getElementById(`${verb.startsWith("item") ? "i" : "s"}-${key}`);
    let moved = false;
    if (verb === "item-up" || verb === "item-down") moved = step(element, verb === "item-down");
    else if (verb === "section-up" || verb === "section-down") moved = moveSection(element, verb === "section-down");
    else if (verb === "item-move") {
      const wanted = document.getElementById(`s-${form.elements[`i-${key}-to`].value}`);
      wanted.querySelector("[data-items]").append(element);
      moved = true;
    } else return;
    event.preventDefault();
    if (!moved) return;
    announce(element);
    // Moving takes the focus away in some browsers; a button at the end of its way can't have it.
    (button.disabled ? element.querySelector(".tool:not(:disabled)") : button).focus();
    element.scrollIntoView({ block: "nearest" });
  });

  // --- Dragging, with a mouse, a pen or a finger ---------------------------------------------

  let dragged = null; // { item, home, after, pointer, y }

  // The item stands where the pointer is: before the first item whose middle is below it.
  function place() {
    const { item, y } = dragged;
    const all = sections();
    const section = all.find((each) => y < each.getBoundingClientRect().bottom) ?? all.at(-1);
    const list = section.querySelector("[data-items]");
    const next = [...list.children].find((each) => {
      if (each === item) return false;
      const { top, height } = each.getBoundingClientRect();
      return y < top + height / 2;
    });
    if (next ? next.previousElementSibling !== item : list.lastElementChild !== item) list.insertBefore(item, next ?? null);
  }

  function scroll() {
    if (!dragged) return;
    const by = dragged.y < EDGE ? -SPEED : dragged.y > innerHeight - EDGE ? SPEED : 0;
    if (by) {
      scrollBy({ top: by, behavior: "instant" });
      place();
    }
    requestAnimationFrame(scroll);
  }

  function end(stays) {
    if (!dragged) return;
    const { item, home, after, pointer } = dragged;
    dragged = null;
    item.classList.remove("moving");
    document.body.classList.remove("dragging");
    if (form.hasPointerCapture?.(pointer)) form.releasePointerCapture(pointer);
    if (!stays) {
      home.insertBefore(item, after);
      live.textContent = form.dataset.returned;
    } else if (item.parentElement !== home || item.nextElementSibling !== after) announce(item);
    item.querySelector("[data-grip]").focus({ preventScroll: true });
  }

  for (const grip of form.querySelectorAll("[data-grip]")) {
    const item = grip.closest("[data-item]");
    grip.hidden = false;
    grip.addEventListener("pointerdown", (event) => {
      if (event.button || dragged) return;
      event.preventDefault();
      dragged = { item, home: item.parentElement, after: item.nextElementSibling, pointer: event.pointerId, y: event.clientY };
      // The form has the pointer, not the handle: what is moved in the page would lose it.
      form.setPointerCapture(event.pointerId);
      item.classList.add("moving");
      document.body.classList.add("dragging");
      requestAnimationFrame(scroll);
    });
    grip.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      if (!step(item, event.key === "ArrowDown")) return;
      announce(item);
      grip.focus();
      item.scrollIntoView({ block: "nearest" });
    });
  }

  form.addEventListener("pointermove", (event) => {
    if (event.pointerId !== dragged?.pointer) return;
    dragged.y = event.clientY;
    place();
  });
  form.addEventListener("pointerup", (event) => event.pointerId === dragged?.pointer && end(true));
  form.addEventListener("pointercancel", (event) => event.pointerId === dragged?.pointer && end(false));
  addEventListener("keydown", (event) => event.key === "Escape" && end(false));
}
