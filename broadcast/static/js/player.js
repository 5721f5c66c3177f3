// The drawing of the sound follows the audio element and can be pointed at; so can each sentence.
// The audio element's own controls do all the work and stay reachable by keyboard.

function timed(sentence) {
  return { element: sentence, starts: Number(sentence.dataset.starts) / 1000, ends: Number(sentence.dataset.ends) / 1000 };
}

function follow(player) {
  const audio = player.querySelector("audio");
  const heard = player.querySelector("[data-heard]");
  const wave = player.querySelector("svg");
  const width = wave.viewBox.baseVal.width;
  const length = Number(player.dataset.duration);
  const sentences = [...document.querySelectorAll("#spoken .sentence")].map(timed);
  const show = () => {
    heard.setAttribute("width", String((audio.currentTime / length) * width));
    for (const { element, starts, ends } of sentences) {
      const speaking = !audio.paused && starts <= audio.currentTime && audio.currentTime < ends;
      element.classList.toggle("speaking", speaking);
    }
    if (!audio.paused) requestAnimationFrame(show);
  };
  const listenFrom = (seconds) => {
    audio.currentTime = seconds;
    audio.play();
  };
  for (const name of ["play", "pause", "seeked", "ended"]) audio.addEventListener(name, show);
  wave.addEventListener("click", (event) => {
    const box = wave.getBoundingClientRect();
    listenFrom(((event.clientX - box.left) / box.width) * length);
  });
  for (const { element, starts } of sentences) {
    element.addEventListener("click", (event) => {
      if (!event.target.closest("a")) listenFrom(starts);
    });
  }
}

document.querySelectorAll("[data-player]").forEach(follow);
