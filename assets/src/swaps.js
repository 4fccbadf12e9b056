// htmx: CSRF header, focus kept, results announced, faults said, messages that go away.
import { release } from "./submit.js";

const words = () => document.body.dataset;

export function announce(text) {
  const live = document.getElementById("live");
  if (!live || !text) return;
  live.textContent = "";
  requestAnimationFrame(() => (live.textContent = text));
}

export function toast(text, tone = "") {
  const line = document.createElement("div");
  line.className = `toast-line ${tone}`;
  line.setAttribute("role", tone ? "alert" : "status");
  line.dataset.toast = "";
  line.textContent = text;
  document.getElementById("toasts")?.append(line);
}

// A refusal that we put into words ourselves; a proxy's page is never swapped in.
const isOurToast = (xhr) => xhr?.getResponseHeader("HX-Retarget") === "#toasts";

export function swaps(htmx) {
  let focused = null;
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    const token = document.querySelector("meta[name=csrf-token]")?.content;
    if (token && detail.verb !== "get") detail.headers["X-CSRFToken"] = token;
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (isOurToast(detail.xhr)) detail.shouldSwap = true;
    const { id, localName, attributes } = document.activeElement ?? document.body;
    // A link without an id is found again by its address.
    const href = localName === "a" ? attributes.href?.value : "";
    focused = id ? `#${CSS.escape(id)}` : href ? `main a[href="${CSS.escape(href)}"]` : null;
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const target = detail.elt;
    const wanted = target.querySelector?.("[data-focus]") ?? target.querySelector?.("[aria-invalid=true]");
    if (wanted) wanted.focus();
    else if (focused && document.activeElement === document.body) document.querySelector(focused)?.focus();
    announce(target.querySelector?.("[data-announce]")?.textContent.trim() ?? target.dataset?.announce);
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    const form = detail.elt.closest?.("form");
    if (form) release(form);
  });
  document.addEventListener("htmx:sendError", () => toast(words().offlineText, "toast-error"));
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.xhr.status >= 500 && !isOurToast(detail.xhr)) toast(words().errorText, "toast-error");
  });
  void htmx;
}

const STAY = 9000;

export function toasts() {
  const box = document.getElementById("toasts");
  if (!box) return;
  const arm = (line) => {
    if (line.dataset.armed || line.classList.contains("toast-error")) return;
    line.dataset.armed = "1";
    let left = setTimeout(() => line.remove(), STAY);
    line.addEventListener("focusin", () => clearTimeout(left));
    line.addEventListener("mouseenter", () => clearTimeout(left));
    line.addEventListener("mouseleave", () => (left = setTimeout(() => line.remove(), STAY)));
  };
  const armAll = () => box.querySelectorAll("[data-toast]").forEach(arm);
  new MutationObserver(armAll).observe(box, { childList: true });
  armAll();
  box.addEventListener("click", ({ target }) => {
    if (target.closest("[data-dismiss]")) target.closest("[data-toast]").remove();
  });
}
