// A password can be looked at, so that nobody needs to type it twice.
export function reveal() {
  for (const input of document.querySelectorAll("input[data-reveal]")) {
    const row = document.createElement("div");
    row.className = "flex items-center gap-2";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-plain";
    button.setAttribute("aria-controls", input.id);
    const show = (shown) => {
      input.type = shown ? "text" : "password";
      button.textContent = shown ? input.dataset.conceal : input.dataset.reveal;
      button.setAttribute("aria-pressed", String(shown));
    };
    button.addEventListener("click", () => show(input.type === "password"));
    input.form?.addEventListener("submit", () => show(false));
    show(false);
    input.replaceWith(row);
    row.append(input, button);
  }
}
