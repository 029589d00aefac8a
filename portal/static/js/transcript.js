// A line of the transcript moves the player on the page to its second, and the line being spoken is marked.
// Without this the links open the film at that second by themselves.

const film = document.getElementById("film");
const lines = [...document.querySelectorAll("[data-seek]")];

if (film) {
  for (const line of lines) {
    line.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      film.currentTime = Number(line.dataset.seek);
      film.scrollIntoView({ block: "nearest" });
      film.play().catch(() => film.focus());
    });
  }
  film.addEventListener("timeupdate", () => {
    const spoken = lines.findLast((line) => Number(line.dataset.seek) <= film.currentTime);
    for (const line of lines) {
      if (line === spoken) line.setAttribute("aria-current", "true");
      else line.removeAttribute("aria-current");
    }
  });
  // A result of the search leads here with the second in the address; without this to that second's line below.
  const open = () => {
    const second = /^#t=([\d.]+)$/.exec(location.hash);
    if (!second) return;
    film.currentTime = Number(second[1]);
    film.scrollIntoView({ block: "center", behavior: "instant" });
  };
  addEventListener("hashchange", open);
  // The browser goes to the line itself, and only after this to the film.
  addEventListener("load", () => requestAnimationFrame(open));
}
