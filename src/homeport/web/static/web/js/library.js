/* Results appear while one types. Without this module the button searches. */
const form = document.querySelector("[data-search]");
const results = document.querySelector("#results");
const told = document.querySelector("#told");
const PAUSE = 250; // milliseconds without a key before asking
let waiting;
let asked = 0;

async function look() {
  const mine = ++asked;
  const address = new URL(form.action);
  address.searchParams.set("q", form.elements.q.value);
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const text = await answer.text();
  if (!answer.ok || mine !== asked) return; // an older answer never replaces a newer one, however slowly it came
  const page = new DOMParser().parseFromString(text, "text/html");
  results.replaceChildren(...page.querySelector("#results").children);
  // Only how many there are is read out: the pages themselves would go on for minutes.
  told.textContent = results.querySelector("#found")?.textContent ?? "";
}

if (form && results) {
  form.elements.q.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => look().catch(() => {}), PAUSE); // without an answer the button still searches
  });
}
