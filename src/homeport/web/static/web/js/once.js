/* A form is sent once, also where the line is slow and a hand presses again. Later it can be sent anew: the line may have
   broken. Without this module the browser sends it each time. The assessment's own forms look after themselves. */
const AGAIN = 10000; // milliseconds in which a second press on the same form is the impatience of the first
const sent = new WeakMap();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches('[method="post" i]:not([data-step])') || form.elements.visit) return;
  if (event.timeStamp - (sent.get(form) ?? -Infinity) < AGAIN) event.preventDefault();
  else sent.set(form, event.timeStamp);
});
