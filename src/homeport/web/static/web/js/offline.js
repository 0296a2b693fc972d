/* Without a network a form would be lost with its page, and help could not be opened. So a form waits, and the number to
   call is in the page already. The browser's own word that it is offline can be wrong: the site is asked before it counts. */
const note = document.querySelector("[data-offline]");
let sure = false;

const reached = () => fetch(note.dataset.asks, { method: "HEAD", cache: "no-store" }).then(() => true, () => false);

async function send(form, button) {
  if (!(await reached())) {
    note.hidden = false;
    return;
  }
  note.hidden = true;
  sure = true;
  form.requestSubmit(button);
  sure = false;
}

if (note) {
  addEventListener("offline", async () => { note.hidden = await reached(); });
  addEventListener("online", () => { note.hidden = true; });
  addEventListener("submit", (event) => {
    const form = event.target;
    if (navigator.onLine || sure || "step" in form.dataset || form.elements.visit) return; // the assessment's wait by themselves
    event.preventDefault();
    event.stopImmediatePropagation();
    send(form, event.submitter);
  }, true);
}
