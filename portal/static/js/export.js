// Shows how far an export is without loading the page anew. Without this the page is loaded again every few seconds.

const shown = document.querySelector("#export[data-waits]");

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "application/json" } });
  const told = await answer.json();
  shown.querySelector("[role=status]").textContent = told.said;
  const bar = shown.querySelector("progress");
  if (bar) bar.value = told.percent;
  if (told.status === "waiting" || told.status === "running") setTimeout(look, 1000);
  else location.reload();
}

if (shown) {
  setTimeout(look, 500);
}
