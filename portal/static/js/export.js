// Shows how far an export is without loading the page anew. Without this the page is loaded again every few seconds.

const shown = document.querySelector("#export[data-waits]");
const SOON = 1000; // milliseconds
const LATER = 3000; // when the line is broken, or somebody else answers

async function look() {
  let told = null;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "application/json" } });
    // What was asked for is no more what the edition shows.
    if (answer.redirected) return location.replace(answer.url);
    told = await answer.json();
  } catch {
    return setTimeout(look, LATER);
  }
  shown.querySelector("[role=status]").textContent = told.said;
  const bar = shown.querySelector("progress");
  if (bar) bar.value = told.percent;
  if (told.status === "waiting" || told.status === "running") setTimeout(look, SOON);
  else location.reload();
}

if (shown) {
  setTimeout(look, 500);
}
