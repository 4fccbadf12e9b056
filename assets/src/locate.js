// <button data-locate>: asks the device where it is, fills latitude and longitude of its form and says so
// to htmx ("located"). Without a position the words of data-locate-failed appear; nothing else changes.
export function locate(htmx) {
  const show = (root) => root.querySelectorAll?.("[data-locate][hidden]").forEach((button) => (button.hidden = !navigator.geolocation));
  show(document);
  document.addEventListener("htmx:afterSwap", ({ detail }) => show(detail.target));
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-locate]");
    if (!button) return;
    button.setAttribute("aria-busy", "true");
    const state = button.closest("form").querySelector("[data-locate-state]");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const { elements } = button.closest("form");
        elements.latitude.value = coords.latitude.toFixed(6);
        elements.longitude.value = coords.longitude.toFixed(6);
        elements.district.value = elements.subdistrict.value = "";
        htmx.trigger(button, "located");
      },
      () => {
        button.removeAttribute("aria-busy");
        state.textContent = button.dataset.locateFailed;
      },
      { enableHighAccuracy: true, timeout: 10000, maximumAge: 60000 },
    );
  });
}
