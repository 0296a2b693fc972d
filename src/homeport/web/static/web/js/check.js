/* The assessment, a step faster: each form is sent as before, and the answer takes the place of the screen. Without this
   module, or when anything goes wrong, the browser sends the form itself and nothing is lost. */
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const said = document.getElementById("said");
let busy = false;
let missed = 0;

document.documentElement.classList.add("script");

function screen() {
  return document.getElementById("step");
}

async function send(form, button) {
  if (busy) return;
  busy = true;
  const fields = new FormData(form);
  if (button?.name) fields.set(button.name, button.value);
  form.classList.add("step-busy");
  let answer, page;
  try {
    answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields), headers: { "Homeport-Fragment": "1" } });
    page = await answer.text(); // to its end: until the new screen stands, nothing is sent from the old one
  } catch {
    answer = null;
  }
  form.classList.remove("step-busy");
  if (answer && !answer.redirected && answer.status < 500) {
    missed = 0;
    return show(page);
  }
  busy = false;
  if (!answer && stay(form)) return;
  missed = 0;
  leap(form, button); // another page (the youth pages) or a fault: let the browser go there by itself
}

/* Nothing came back. The first time, and always where the device knows that it is offline, the screen stays: a page that
   cannot be loaded would take the answers with it. After that the browser tries by itself. */
function stay(form) {
  missed += 1;
  if (navigator.onLine && missed > 1) return false;
  document.querySelector("[data-unsent]")?.remove();
  const note = document.getElementById("unsent").content.firstElementChild.cloneNode(true);
  (form.querySelector(".step-buttons") ?? form.lastElementChild).before(note);
  return true;
}

function leap(form, button) {
  form.dataset.leaping = "yes";
  form.requestSubmit(button ?? undefined);
}

function show(page) {
  const next = new DOMParser().parseFromString(page, "text/html").getElementById("step");
  if (!next) return location.reload();
  next.querySelector("[autofocus]")?.removeAttribute("autofocus"); // settle() gives the focus
  const swap = () => {
    screen().replaceWith(next);
    busy = false;
    scrollTo({ top: 0, behavior: "instant" });
    settle();
    guard();
  };
  if (document.startViewTransition && !calm.matches) document.startViewTransition(swap).finished.catch(() => {});
  else swap();
}

/* The new screen is read out from its heading; what is missing is read out by itself (role=alert). */
function settle() {
  const wrong = screen().querySelector(".field-wrong input");
  (wrong ?? screen().querySelector("h1"))?.focus({ preventScroll: true });
  if (said) said.textContent = screen().querySelector("form")?.dataset.said ?? "";
}

function next(form) {
  return form.querySelector("button[value=next]");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!navigator.onLine && form.elements.visit) {
    event.preventDefault();
    return void stay(form);
  }
  if (!("step" in form.dataset) || form.dataset.leaping || "leap" in (event.submitter?.dataset ?? {})) return;
  event.preventDefault();
  send(form, event.submitter);
});

/* A tap or click on an answer goes on. Arrow keys and the space bar only choose: they click too, but count no clicks. */
document.addEventListener("click", (event) => {
  const choice = event.target.closest?.(".step-question .choice");
  if (!choice || event.detail === 0 || event.pointerType === "") return;
  const answer = choice.querySelector("input");
  if (event.target !== answer) event.preventDefault(); // or the label clicks its circle, and the step is sent twice
  answer.checked = true;
  answer.form.requestSubmit(next(answer.form));
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !/^[1-9]$/.test(event.key)) return;
  const answer = document.querySelector(`.step-question input[name=answer][value="${event.key}"]`);
  if (!answer || busy) return;
  answer.checked = true;
  answer.form.requestSubmit(next(answer.form));
});

/* A link within the page moves there without an entry in the way back, which would look like a step back. */
document.addEventListener("click", (event) => {
  const target = document.getElementById(event.target.closest?.('a[href^="#"]')?.hash.slice(1) ?? "");
  if (!target) return;
  event.preventDefault();
  if (target.tabIndex < 0) target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: true });
  target.scrollIntoView();
});

/* The browser's Back button goes one step back. One entry of its own on the way stands guard, and is laid again each time. */
function guard() {
  if (back() && !history.state?.homeport) history.pushState({ homeport: true }, "");
}

function back() {
  return document.querySelector("[data-step] button[value=back], [data-back]");
}

addEventListener("popstate", (event) => {
  if (event.state?.homeport) return;
  if (!back()) return history.back();
  back().click();
  guard();
});
guard();

/* What is folded away on the screen is there on paper. */
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
