// <form data-autosave="key">: what is typed is kept on this device for this user until it has been saved
// or the user signs out, a day at most. Fields marked data-private (and passwords, files, hidden fields) are never kept.
const ALL = "saan:draft:";
const PREFIX = `${ALL}${document.body.dataset.user ?? ""}:`;
const DAY = 24 * 60 * 60 * 1000;

const kept = (form) =>
  [...form.elements].filter(
    (e) => e.name && !["hidden", "password", "file", "submit", "button"].includes(e.type) && !e.closest("[data-private]"),
  );

export function autosave() {
  for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
  for (const mark of document.querySelectorAll("[data-autosave-clear]")) localStorage.removeItem(PREFIX + mark.dataset.autosaveClear);
  document.addEventListener("submit", ({ target }) => {
    if (target.matches("[data-sign-out]")) clearAll();
  });
  sweep();
}

function watch(form) {
  const key = PREFIX + form.dataset.autosave;
  restore(form, key);
  let timer;
  const save = () => {
    const values = kept(form).filter((e) => !["checkbox", "radio"].includes(e.type) || e.checked).map((e) => [e.name, e.value]);
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
    state(form, form.dataset.autosaveText);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 400);
  });
  form.addEventListener("submit", save);
}

function restore(form, key) {
  const draft = read(key);
  if (!draft || form.querySelector("[aria-invalid=true]")) return;
  let changed = false;
  for (const element of kept(form)) {
    const values = draft.values.filter(([name]) => name === element.name).map(([, value]) => value);
    if (["checkbox", "radio"].includes(element.type)) {
      const on = values.includes(element.value);
      changed ||= element.checked !== on;
      element.checked = on;
    } else if (values.length && element.value !== values[0]) {
      element.value = values[0];
      changed = true;
    }
  }
  if (!changed) return;
  state(form, form.dataset.restoredText);
  form.dispatchEvent(new Event("saan:restored", { bubbles: true }));
}

function state(form, text) {
  const line = form.querySelector("[data-autosave-state]") ?? document.querySelector("[data-autosave-state]");
  if (line && text) line.textContent = text;
}

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return draft && Date.now() - draft.at < DAY ? draft : null;
  } catch {
    return null;
  }
}

function drafts() {
  return Object.keys(localStorage).filter((key) => key.startsWith(ALL));
}

export function clearAll() {
  drafts().forEach((key) => localStorage.removeItem(key));
}

function sweep() {
  for (const key of drafts()) if (!read(key)) localStorage.removeItem(key);
}
