// Sends dropped files one by one, tells how far each is, and goes on where a broken line stopped. Without this the form sends them together.

const form = document.querySelector("#drop");
const AT_ONCE = 2;
const LONGEST_PAUSE = 30000;
const HASHED_BYTES = 64 * 1024 * 1024;
// Who is signed out meanwhile gets an error and not the page to sign in on, which would look like a success.
const PLAIN = { "X-Requested-With": "XMLHttpRequest" };
const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const queue = [];
let batch = null;
let running = 0;
let sent = 0;
let stored = 0;
let failed = 0;

function show(row, said, share, wrong = false) {
  row.querySelector(".drop__said").textContent = said;
  if (share !== undefined) row.querySelector("progress").value = share;
  row.classList.toggle("drop__row--wrong", wrong);
}

function tellAll() {
  let at = 0;
  form.querySelector(".drop__all").textContent = form.dataset.done.replace(/%s/g, () => (at++ ? sent : stored));
}

async function begin() {
  if (location.pathname === new URL(form.action).pathname) {
    const answer = await fetch(form.action, { method: "POST", headers: { ...PLAIN, Accept: "application/json", "X-CSRFToken": token() }, body: new URLSearchParams(new FormData(form).get("collection") ? { collection: new FormData(form).get("collection") } : {}) });
    if (!answer.ok) throw new Error(answer.status);
    const made = await answer.json();
    // Loaded anew after a broken line, the page is that of this batch.
    history.replaceState(null, "", made.page);
    return made;
  }
  return { page: location.pathname, files: form.action };
}

function send(url, file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token());
    for (const [name, value] of Object.entries(PLAIN)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress((event.loaded / event.total) * 100));
    request.addEventListener("load", () => {
      let told = {};
      try { told = JSON.parse(request.responseText); } catch { /* An error page of the server or a proxy. */ }
      resolve({ status: request.status, told });
    });
    for (const name of ["error", "timeout", "abort"]) request.addEventListener(name, () => reject(new Error(name)));
    const body = new FormData();
    body.append("files", file, file.name);
    request.send(body);
  });
}

// What the batch has already needs not go over the line again. Only pages over HTTPS and this machine's own can tell.
async function isKnown(url, file) {
  if (!window.crypto?.subtle || file.size > HASHED_BYTES) return false;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  const checksum = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const answer = await fetch(url.replace(/files\/$/, "known/"), { method: "POST", headers: { ...PLAIN, "X-CSRFToken": token() }, body: new URLSearchParams({ checksum }) });
  return answer.ok && (await answer.json()).known.includes(checksum);
}

async function deliver({ file, row }) {
  let wait = 1000;
  for (let attempt = 0; attempt < 8; attempt++) {
    try {
      batch ??= begin();
      const { files } = await batch;
      if (attempt > 0 && (await isKnown(files, file))) return show(row, form.dataset.known, 100), true;
      const { status, told } = await send(files, file, (share) => show(row, "", Math.min(share, 99)));
      // Only a number of a row says that the file is there.
      if ((status === 200 || status === 201) && told.id) return show(row, told.said || form.dataset.stored, 100), true;
      if (status >= 400 && status < 500 && status !== 408 && status !== 429) return show(row, told.error || form.dataset.failed, 0, true), false;
    } catch {
      batch = (await Promise.resolve(batch).catch(() => null)) ? batch : null;
    }
    show(row, form.dataset.again, 0);
    await pause(wait);
    wait = Math.min(wait * 2, LONGEST_PAUSE);
  }
  show(row, form.dataset.failed, 0, true);
  return false;
}

async function work() {
  running++;
  for (let next = queue.shift(); next; next = queue.shift()) {
    (await deliver(next)) ? stored++ : failed++;
    tellAll();
  }
  running--;
  if (running || queue.length || !batch) return;
  const { page } = await batch;
  if (!failed) return location.assign(page);
  const next = form.querySelector(".drop__next");
  next.hidden = !stored;
  next.querySelector("a").href = page;
}

function take(files) {
  for (const file of files) {
    const row = document.querySelector("#drop-row").content.cloneNode(true).firstElementChild;
    row.querySelector(".drop__name").textContent = file.name;
    row.querySelector("progress").setAttribute("aria-label", file.name);
    form.querySelector(".drop__list").append(row);
    sent++;
    if (file.size > form.dataset.megabytes * 1024 * 1024) { failed++; show(row, form.dataset.tooLarge, 0, true); continue; }
    if (sent > form.dataset.most) { failed++; show(row, form.dataset.tooMany, 0, true); continue; }
    show(row, form.dataset.waits, 0);
    queue.push({ file, row });
  }
  tellAll();
  while (running < AT_ONCE && queue.length) work();
}

if (form) {
  form.classList.add("drop--scripted");
  const input = form.querySelector("[type=file]");
  input.addEventListener("change", () => { take([...input.files]); input.value = ""; });
  for (const name of ["dragover", "dragenter"]) document.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("drop--over"); });
  for (const name of ["dragleave", "drop"]) document.addEventListener(name, () => form.classList.remove("drop--over"));
  document.addEventListener("drop", (event) => { event.preventDefault(); take([...event.dataTransfer.files].filter((file) => file.size || file.type)); });
  window.addEventListener("beforeunload", (event) => { if (running) event.preventDefault(); });
}

// How far the reading is; where no worker runs, the page asks for it.
const waiting = document.querySelector("#waiting");

async function look(most) {
  try {
    await fetch(waiting.dataset.goOn, { method: "POST", headers: { ...PLAIN, Accept: "application/json", "X-CSRFToken": token() } });
    const told = await (await fetch(waiting.dataset.state, { headers: { ...PLAIN, Accept: "application/json" } })).json();
    for (const file of told.files) {
      const row = waiting.querySelector(`[data-file="${file.id}"] .drop__said`);
      if (row) row.textContent = file.said;
    }
    waiting.querySelector("progress").value = most - told.waiting;
    if (!told.waiting && !running) {
      if (document.querySelector("#drafts-form.drafts--unsaved")) return;
      return location.reload();
    }
  } catch { /* The line is broken: the next look may find it mended. */ }
  setTimeout(() => look(most), 1500);
}

if (waiting) setTimeout(() => look(waiting.querySelector("progress").max), 800);
