// A passkey is made and used by the browser; without scripts the code by e-mail does the same work.

const shown = (selector, isShown) => document.querySelectorAll(selector).forEach((each) => (each.hidden = !isShown));

if (globalThis.PublicKeyCredential) {
  shown("[data-passkey-part]", true);
  shown("[data-passkey-missing]", false);
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    shown("[data-passkey-error]", true);
  });
  if (document.getElementById("passkey_login")) {
    window.allauth.webauthn.forms.loginForm({ ids: { login: "passkey_login", credential: "mfa_credential" } });
  }
  if (document.getElementById("passkey_add")) {
    window.allauth.webauthn.forms.addForm({
      ids: { add: "passkey_add", passwordless: "id_passwordless", credential: "id_credential", data: "js_data" },
    });
  }
}
