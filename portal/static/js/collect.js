// Puts things into the reading pack without leaving the page. Without this every button sends its form and shows a page that says so.

const form = document.querySelector("#collect");
const said = document.querySelector("#collected");
let leaving = 0;
// One after the other: the first may begin the pack that the next goes into.
let before = Promise.resolve();

async function send(data, button) {
  const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const told = await answer.json();
  for (const count of document.querySelectorAll("[data-pack-count]")) count.textContent = told.count;
  for (const link of document.querySelectorAll("[data-pack-link]")) {
    link.href = told.url;
    link.hidden = false;
  }
  const message = document.createElement("span");
  message.textContent = told.message;
  const link = document.createElement("a");
  link.href = told.url;
  link.textContent = said.dataset.open;
  said.replaceChildren(message, " ", link);
  clearTimeout(leaving);
  leaving = setTimeout(() => said.replaceChildren(), 12000);
  button?.classList.add("done");
  button?.querySelector("path")?.setAttribute("d", "M4 10.5l4 4L16 6");
}

form?.addEventListener("submit", (event) => {
  const data = new FormData(form, event.submitter);
  // One button for one thing: what is ticked elsewhere waits for its own button.
  if (event.submitter?.name === "item") data.delete("item"), data.append("item", event.submitter.value);
  event.preventDefault();
  before = before.then(() => send(data, event.submitter)).then(() => {
    if (event.submitter?.name !== "item") for (const box of document.querySelectorAll("input[form=collect]:checked")) box.checked = false;
  }, () => {
    // The plain way tells what is wrong.
    const plain = document.createElement("form");
    plain.method = "post";
    plain.action = form.action;
    for (const [name, value] of data) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      plain.append(field);
    }
    document.body.append(plain);
    plain.submit();
  });
});
