// Standing at the pole with a phone: its own place fills the field. Only where the browser allows it.
const form = document.querySelector("[data-here]");
const button = form?.querySelector("[data-locate]");

if (button && navigator.geolocation && window.isSecureContext) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    const again = () => { button.disabled = false; };
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      form.elements.place.value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`;
      form.elements.place.focus();
      again();
    }, again, { enableHighAccuracy: true, timeout: 15000 });
  });
}
