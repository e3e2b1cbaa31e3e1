// Says, while a time is being typed, what it is on every clock and how far off it is; asks which one is meant where a
// clock shows it twice. Rules and words are the server's (embassy/zoned.py): this module only carries them. Without it,
// or without an answer, the same words come once the form is saved.

const PAUSE = 250; // milliseconds in which a person types on

function question(widget, { choices, chosen }) {
  const fieldset = widget.querySelector(".twice");
  const asked = [...fieldset.querySelectorAll("input")].map((input) => input.value);
  if (asked.join() !== choices.map((choice) => choice.value).join()) {
    fieldset.querySelectorAll("label").forEach((label) => label.remove());
    fieldset.append(...choices.map(({ value, label }) => {
      const input = document.createElement("input");
      Object.assign(input, { type: "radio", name: `${widget.dataset.name}_which`, value });
      const words = document.createElement("label");
      words.append(input, ` ${label}`);
      return words;
    }));
  }
  for (const input of fieldset.querySelectorAll("input")) input.checked = input.value === chosen;
  fieldset.hidden = choices.length === 0;
}

function show(widget, reading) {
  const output = widget.querySelector("output");
  const words = reading.words || reading.problem;
  if (output.textContent !== words) output.textContent = words;
  output.classList.toggle("problem", !reading.words && Boolean(words));
  question(widget, reading);
}

function listen(widget) {
  let timer;
  let asked;
  const [day, time, zone] = widget.querySelectorAll(".parts input, .parts select");
  const ask = async () => {
    asked?.abort(); // an answer to what is no longer there
    asked = new AbortController();
    const which = widget.querySelector(".twice input:checked")?.value ?? "";
    const query = new URLSearchParams({ day: day.value, time: time.value, zone: zone.value, which });
    if ("future" in widget.dataset) query.set("future", "");
    const { signal } = asked;
    try {
      // Somebody whose session is over would be led to the page for signing in: no answer either.
      const answer = await fetch(`${widget.dataset.address}?${query}`, { signal, redirect: "error" });
      if (!answer.ok) return;
      const reading = await answer.json();
      if (!signal.aborted) show(widget, reading);
    } catch {
      // Nothing is said where nothing is known.
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  widget.addEventListener("input", soon);
  widget.addEventListener("change", soon);
  if ([day, time].some((input) => input.value !== input.defaultValue)) soon(); // typed before this module came
  // “in 20 min” is no longer true for somebody who comes back to the page.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && day.value && time.value) soon();
  });
}

document.querySelectorAll(".zoned-minute").forEach(listen);
