// `/` search, `n` new case, arrows in lists, Esc closes what floats.
const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

export function keyboard() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return closeFloating();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") return walk(event);
    if (typing(event.target)) return;
    if (event.key === "/") {
      const box = [...document.querySelectorAll("[data-search]")].find((e) => e.offsetParent);
      if (!box) return;
      event.preventDefault();
      box.matches("input") ? box.select() || box.focus() : box.click();
    }
    if (event.key === "n") document.querySelector("a[data-new]")?.click();
  });
}

function closeFloating() {
  for (const open of document.querySelectorAll("details.menu-pop[open], details.confirm[open]")) {
    open.open = false;
    open.querySelector("summary").focus();
  }
}

// A list marked data-list: arrows move between its data-item links; from its search box Down goes in.
function walk(event) {
  const list = document.querySelector("[data-list]");
  if (!list) return;
  const items = [...list.querySelectorAll("[data-item]")].filter((item) => item.offsetParent);
  const at = items.indexOf(document.activeElement);
  if (at < 0 && !event.target.matches("[data-list-search]")) return;
  event.preventDefault();
  const next = at + (event.key === "ArrowDown" ? 1 : -1);
  if (next < 0) document.querySelector("[data-list-search]")?.focus();
  else items[Math.min(next, items.length - 1)]?.focus();
}
