// Dialogs, menus, copying, theme and the line that says the signal is gone.
import { announce, toast } from "./swaps.js";

export function dialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      const box = document.querySelector(opener.getAttribute("href") ?? opener.dataset.dialog);
      if (!box?.showModal) return;
      event.preventDefault();
      box.showModal();
      box.addEventListener("close", () => opener.focus(), { once: true });
    }
    const closer = event.target.closest("[data-close]");
    if (closer?.closest("dialog[open]")) {
      event.preventDefault();
      closer.closest("dialog").close();
    }
    if (event.target.matches?.("dialog[open]")) event.target.close();
    const folded = event.target.closest("[data-close-details]")?.closest("details");
    if (folded) {
      folded.open = false;
      folded.querySelector("summary").focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches("a[role=button]")) {
      event.preventDefault();
      event.target.click();
    }
  });
}

export function menus() {
  document.addEventListener("click", ({ target }) => {
    for (const menu of document.querySelectorAll("details.menu-pop[open]")) if (!menu.contains(target)) menu.open = false;
    if (target.closest?.("[data-print]")) window.print();
  });
}

export function copyButtons() {
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      const label = button.querySelector("span");
      const before = label.textContent;
      label.textContent = document.body.dataset.copiedText;
      announce(document.body.dataset.copiedText);
      setTimeout(() => (label.textContent = before), 2500);
    } catch {
      toast(button.dataset.copy);
    }
  });
}

// The forms post to the server, which sets the cookie; here the page follows at once.
export function theme() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-theme-form]")) return;
    event.preventDefault();
    const chosen = event.submitter.value;
    if (chosen === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = `saan-${chosen}`;
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === chosen));
    fetch(form.action, { method: "POST", body: new FormData(form, event.submitter) });
  }, true);
}

// One page of ours for when a page cannot be fetched; see static/saan/offline.js.
function keepOfflinePage() {
  navigator.serviceWorker?.register("/static/saan/offline.js", { scope: "/" }).catch(() => {});
}

export function offline() {
  window.addEventListener("load", keepOfflinePage);
  const banner = document.getElementById("offline");
  if (!banner) return;
  const show = () => (banner.hidden = navigator.onLine);
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();
}
