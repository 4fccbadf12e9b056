// Pages where a passkey is made or used (without this file their buttons stay hidden) or a file is chosen.
import { files } from "./src/files.js";
import { passkeys } from "./src/passkeys.js";

passkeys();
files();
for (const button of document.querySelectorAll("[data-print][hidden]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
