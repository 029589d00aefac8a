// A line of the transcript moves the player on the page to its second, and so does a result of the search, which leads
// here with the second in the address. Without this the lines open the film at that second by themselves.

(() => {
  "use strict";
  const film = document.getElementById("film");
  if (!film) return;
  const lines = [...document.querySelectorAll("[data-seek]")];

  const seek = (second) => {
    film.currentTime = second;
    film.scrollIntoView({ block: "nearest" });
  };
  const byAddress = () => {
    const found = /^#t=([\d.]+)/.exec(location.hash);
    if (found) seek(Number(found[1]));
  };
  for (const line of lines) {
    line.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      seek(Number(line.dataset.seek));
      film.play().catch(() => film.focus());
    });
  }
  film.addEventListener("timeupdate", () => {
    const spoken = lines.filter((line) => Number(line.dataset.seek) <= film.currentTime).pop();
    for (const line of lines) {
      if (line === spoken) line.setAttribute("aria-current", "true");
      else line.removeAttribute("aria-current");
    }
  });
  addEventListener("hashchange", byAddress);
  byAddress();
})();
