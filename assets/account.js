// Pages where a passkey is made or used. Without this file their buttons stay hidden.
import { passkeys } from "./src/passkeys.js";

passkeys();
for (const button of document.querySelectorAll("[data-print][hidden]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
