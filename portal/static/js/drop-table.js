// The table of drafts by keyboard: arrows and Enter from cell to cell, names completed, what is not saved marked. Without this it is a form.

const form = document.querySelector("#drafts-form");

const fields = (row) => [...row.querySelectorAll("[data-column]")];
const rows = () => [...form.querySelectorAll(".drafts__row")];

function go(field, down, across) {
  const all = rows();
  const row = all.indexOf(field.closest(".drafts__row"));
  const columns = fields(all[row]);
  const next = across ? columns[columns.indexOf(field) + across] : null;
  const target = down ? all[row + down]?.querySelector(`[data-column="${field.dataset.column}"]`) : next;
  if (!target || target.disabled) return false;
  target.focus();
  target.select?.();
  target.closest("td").scrollIntoView({ block: "nearest", inline: "nearest" });
  return true;
}

// In a text the arrows move the cursor first; in a list of choices they choose, unless Ctrl or Alt is held.
function onKey(event) {
  const field = event.target;
  if (!field.dataset?.column || event.isComposing) return;
  const held = event.ctrlKey || event.altKey;
  const text = "selectionStart" in field && field.tagName !== "SELECT";
  const all = text && field.selectionStart === 0 && field.selectionEnd === field.value.length;
  const atStart = text && (all || (field.selectionStart === 0 && field.selectionEnd === 0));
  const atEnd = text && (all || field.selectionStart === field.value.length);
  const oneLine = field.tagName === "INPUT" && !field.getAttribute("list");
  let moved = false;
  if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey) {
    event.preventDefault();
    go(field, 1);
    return;
  }
  if (event.key === "ArrowDown" && (held || oneLine || atEnd)) moved = (text || held) && go(field, 1);
  if (event.key === "ArrowUp" && (held || oneLine || atStart)) moved = (text || held) && go(field, -1);
  if (event.key === "ArrowRight" && (held || atEnd)) moved = go(field, 0, 1);
  if (event.key === "ArrowLeft" && (held || atStart)) moved = go(field, 0, -1);
  if (moved) event.preventDefault();
}

// A list of the browser completes one value: what stands before the last semicolon is put before each.
function offer(field) {
  const at = field.value.lastIndexOf(";") + 1;
  const before = field.value.slice(0, at);
  const typed = field.value.slice(at).trim().toLocaleLowerCase();
  const list = document.querySelector("#drafts-offered");
  list.replaceChildren();
  field.setAttribute("list", "drafts-offered");
  if (!typed) return field.removeAttribute("list");
  const names = [...document.getElementById(field.dataset.several).options].map((option) => option.value);
  for (const name of names.filter((each) => each.toLocaleLowerCase().includes(typed)).slice(0, 12)) {
    const option = document.createElement("option");
    option.value = `${before}${before ? " " : ""}${name}`;
    list.append(option);
  }
}

function changed() {
  let any = false;
  for (const field of form.querySelectorAll("[data-column]")) {
    const was = field.tagName === "SELECT" ? [...field.options].find((option) => option.defaultSelected)?.value ?? field.options[0]?.value : field.defaultValue;
    const differs = field.value !== was;
    field.closest("td").classList.toggle("drafts__cell--changed", differs);
    any ||= differs;
  }
  form.classList.toggle("drafts--unsaved", any);
  form.querySelector(".drafts__unsaved").textContent = any ? form.dataset.unsaved : "";
}

if (form) {
  let sending = false;
  form.addEventListener("keydown", onKey);
  form.addEventListener("input", (event) => { if (event.target.dataset?.several) offer(event.target); changed(); });
  form.addEventListener("focusout", (event) => event.target.removeAttribute?.("list"));
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("beforeunload", (event) => { if (!sending && form.classList.contains("drafts--unsaved")) event.preventDefault(); });
  const choose = document.querySelector("#choose-all");
  choose.hidden = false;
  choose.addEventListener("change", () => form.querySelectorAll("[name=chosen]:enabled").forEach((box) => { box.checked = choose.checked; }));
  form.querySelector("[aria-invalid]")?.focus();
}
