import { toast } from "./swaps.js";

// A form is sent once: its button shows that work goes on, a second press does nothing.
// The server must be safe against double sending all the same.
export function guardSubmit() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "get") return;
    if (!navigator.onLine) {
      event.preventDefault();
      toast(document.body.dataset.offlineText, "toast-error");
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    const button = event.submitter;
    button?.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), 15000);
  });
  // Coming back by the browser's Back button: the form may be sent again.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
}

export function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}
