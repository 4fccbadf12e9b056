// The browser's own file field speaks the language of the browser; ours speaks that of the page.
export function files() {
  for (const input of document.querySelectorAll("input[data-file-choose]")) {
    const box = document.createElement("div");
    box.className = "file-box";
    const button = document.createElement("span");
    button.className = "file-button";
    button.textContent = input.dataset.fileChoose;
    const name = document.createElement("span");
    name.className = "min-w-0 flex-1 break-words";
    const say = () => (name.textContent = input.files[0]?.name ?? input.dataset.fileNone);
    for (const part of [button, name]) part.setAttribute("aria-hidden", "true");
    input.addEventListener("change", say);
    input.replaceWith(box);
    box.append(input, button, name);
    say();
  }
}
