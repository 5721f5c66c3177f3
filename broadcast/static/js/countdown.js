// <time datetime="…Z" data-countdown> shows what is left; <time data-clock> shows the station's time.
// The server's clock is the true one: its moment stands in <meta name="server-time"> where a page has it.
const TICK_MS = 1000;

export function runCountdowns() {
  const said = document.querySelector('meta[name="server-time"]')?.content;
  const ahead = said ? Date.parse(said) - Date.now() : 0;
  const tick = () => {
    const now = Date.now() + ahead;
    document.querySelectorAll("time[data-countdown]").forEach((element) => {
      element.textContent = left(Date.parse(element.dateTime) - now);
    });
    document.querySelectorAll("time[data-clock]").forEach((element) => {
      const zone = element.dataset.clock || undefined;
      element.textContent = new Intl.DateTimeFormat("vi", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: zone }).format(now);
    });
  };
  tick();
  setInterval(tick, TICK_MS);
  document.body.addEventListener("htmx:afterSwap", tick);
}

function left(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
