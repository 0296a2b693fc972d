// The secret of an invitation stands behind the # of its link, which no server sees: put it into the form, and out of the
// address, so that it stays in no history.
const form = document.querySelector("[data-invitation]");
const secret = location.hash.slice(1);
if (form && secret) {
  form.elements.secret.value = decodeURIComponent(secret);
  history.replaceState(null, "", location.pathname);
  form.requestSubmit();
}
