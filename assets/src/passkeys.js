// The browser's side of a passkey: the question comes from the server, the answer goes back in the form.
// Question and answer are JSON in which bytes are base64url; the browser wants and gives buffers.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const named = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

function question({ publicKey }) {
  const asked = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
  if (asked.excludeCredentials) asked.excludeCredentials = named(asked.excludeCredentials);
  if (asked.allowCredentials) asked.allowCredentials = named(asked.allowCredentials);
  return { publicKey: asked };
}

function answer(credential) {
  const said = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) said[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: said,
    clientExtensionResults: credential.getClientExtensionResults(),
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
  });
}

const post = (url, body) => fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });

async function ceremony(form) {
  const kind = form.dataset.passkey;
  const options = form.dataset.options
    ? JSON.parse(form.dataset.options)
    : await (await post(form.dataset.question, new FormData(form))).json();
  const ask = kind === "make" ? "create" : "get";
  const credential = await navigator.credentials[ask](question(options));
  form.querySelector("[name=credential]").value = answer(credential);
  if (kind !== "sign-in") return form.submit();
  const response = await post(form.action, new FormData(form));
  const { to, reason } = await response.json();
  if (to) return window.location.assign(to);
  throw new Error(reason);
}

function failed(form, error) {
  const line = form.querySelector("[data-passkey-error]");
  // What the browser says of a pressed "cancel" is not for people; what our server says is.
  line.textContent = error.constructor === Error && error.message ? error.message : form.dataset.failed;
  line.hidden = false;
}

export function passkeys() {
  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      button.setAttribute("aria-busy", "true");
      form.querySelector("[data-passkey-error]").hidden = true;
      try {
        await ceremony(form);
      } catch (error) {
        failed(form, error);
      } finally {
        button.removeAttribute("aria-busy");
      }
    });
  }
}
