/* Passkeys: allauth's scripts talk to the browser; this one wires them to our buttons, shows the buttons where that can work,
   and says calmly when it did not. */
if (window.PublicKeyCredential) {
  for (const button of document.querySelectorAll("[data-passkey-does]")) {
    const does = button.dataset.passkeyDoes;
    const ids = { [does]: button.id, credential: "id_credential", data: "js_data" };
    if (does === "add") ids.passwordless = "id_passwordless";
    window.allauth.webauthn.forms[`${does}Form`]({ ids });
  }
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = true;
}

document.addEventListener("allauth.error", (event) => {
  const said = document.querySelector("[data-passkey-said]");
  if (!said) return;
  event.preventDefault();
  said.textContent = said.dataset.failed;
});
