/* The quick exit. Without this module the link simply leads away; with it this page also vanishes from the way back. */
const link = document.querySelector("[data-leave]");
const WITHIN = 1500; // milliseconds between two presses of Escape

function leave() {
  if (document.documentElement.classList.contains("left")) return; // each press more would begin the way anew
  document.documentElement.classList.add("left"); // blank at once, also where the network is slow
  document.title = "";
  location.replace(link.href);
}

if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let last = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - last < WITHIN) leave();
    last = event.timeStamp;
  });
}
