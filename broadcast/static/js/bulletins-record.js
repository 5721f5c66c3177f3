// Records the microphone into the form's own file field: what is heard back is what will be sent.

const form = document.querySelector("[data-recorder]");
const part = (name) => form.querySelector(`[data-${name}]`);
const file = form.querySelector("input[type=file]");
const endings = { "audio/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "m4a" };
const kind = Object.keys(endings).find((type) => window.MediaRecorder?.isTypeSupported(type));
let recorder = null;
let stopMeter = () => {};

part("record").addEventListener("click", async () => {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    record(stream);
  } catch {
    part("said").textContent = form.dataset.refused;
  }
});
part("stop").addEventListener("click", () => recorder.stop());

file.addEventListener("change", () => {
  const tooBig = file.files[0]?.size > Number(form.dataset.limit);
  file.setCustomValidity(tooBig ? form.dataset.tooBig : "");
  if (tooBig) file.reportValidity();
});

function record(stream) {
  const pieces = [];
  recorder = new MediaRecorder(stream, { mimeType: kind });
  recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
  recorder.addEventListener("stop", () => {
    stream.getTracks().forEach((track) => track.stop());
    stopMeter();
    show(false);
    offer(new Blob(pieces, { type: kind }));
  });
  recorder.start(1000);
  stopMeter = meter(stream);
  show(true);
}

function show(recording) {
  part("record").hidden = recording;
  part("stop").hidden = !recording;
  part("recording").hidden = !recording;
}

function offer(sound) {
  const chosen = new DataTransfer();
  chosen.items.add(new File([sound], `thu-am.${endings[kind]}`, { type: kind }));
  file.files = chosen.files;
  const listen = part("listen");
  if (listen.src) URL.revokeObjectURL(listen.src);
  listen.src = URL.createObjectURL(sound);
  listen.hidden = false;
  listen.focus();
}

function meter(stream) {
  const sound = new AudioContext();
  const ear = sound.createAnalyser();
  sound.createMediaStreamSource(stream).connect(ear);
  const samples = new Float32Array(ear.fftSize);
  const began = performance.now();
  const timer = setInterval(() => {
    ear.getFloatTimeDomainData(samples);
    part("level").value = Math.max(...samples.map(Math.abs));
    const seconds = Math.floor((performance.now() - began) / 1000);
    part("elapsed").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }, 100);
  return () => {
    clearInterval(timer);
    sound.close();
  };
}
