// Says, while a colour is being chosen, whether everybody can read it, and shows it; offers the nearest that can be
// read. Formulas and their sources: embassy/look/colours.py; the words are the server's. Without this module the same
// is said once the form is saved.

const HALVINGS = 24;

export function parse(text) {
  const found = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(text.trim());
  if (!found) return null;
  const digits = found[1].toLowerCase();
  return `#${digits.length === 6 ? digits : digits.replace(/./g, "$&$&")}`;
}

function linear(colour) {
  return [1, 3, 5].map((start) => {
    const part = parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
}

function luminance(colour) {
  const [red, green, blue] = linear(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const isReadable = (colour, grounds, ratio) => grounds.every((ground) => contrast(colour, ground) >= ratio);

function oklch(colour) {
  const [red, green, blue] = linear(colour);
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  const b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
  const chroma = Math.hypot(a, b);
  const lightness = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short;
  return [lightness, chroma > 2e-4 ? chroma : 0, Math.atan2(b, a)];
}

function lit(lightness, chroma, hue) {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

const isShown = (parts) => parts.every((part) => part >= -1e-6 && part <= 1 + 1e-6);

function byte(part) {
  const light = Math.min(Math.max(part, 0), 1);
  const value = light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.floor(value * 255 + 0.5).toString(16).padStart(2, "0");
}

function drawn(lightness, chroma, hue) {
  let [least, most] = [0, chroma];
  if (isShown(lit(lightness, chroma, hue))) least = chroma;
  else {
    for (let step = 0; step < HALVINGS; step += 1) {
      const middle = (least + most) / 2;
      if (isShown(lit(lightness, middle, hue))) least = middle;
      else most = middle;
    }
  }
  return `#${lit(lightness, least, hue).map(byte).join("")}`;
}

export function nearest(colour, grounds, ratio = 7) {
  if (isReadable(colour, grounds, ratio)) return colour;
  const [lightness, chroma, hue] = oklch(colour);
  const found = [0, 1].filter((end) => isReadable(drawn(end, chroma, hue), grounds, ratio)).map((end) => {
    let [good, bad] = [end, lightness];
    for (let step = 0; step < HALVINGS; step += 1) {
      const middle = (good + bad) / 2;
      if (isReadable(drawn(middle, chroma, hue), grounds, ratio)) good = middle;
      else bad = middle;
    }
    return [Math.abs(good - lightness), good];
  });
  found.sort(([one], [other]) => one - other);
  return drawn(found[0][1], chroma, hue);
}

function show(field) {
  const { grounds, otherwise, unset, readable, refused, noColour, decimal } = field.dataset;
  const [paper, band] = grounds.split(" ");
  const [typed, picker] = field.querySelectorAll("input");
  const [verdict, output, use] = [".verdict", "output", "button"].map((name) => field.querySelector(name));
  const colour = typed.value.trim() ? parse(typed.value) : otherwise;
  const inWords = (ratio) => `${(Math.trunc(ratio * 10) / 10).toFixed(1).replace(".", decimal)}:1`;
  const names = { typed: typed.value, colour, needed: "7:1" };
  let sentence = noColour;
  let isRefused = true;
  if (colour) {
    names.paper = inWords(contrast(colour, paper));
    names.band = inWords(contrast(colour, band));
    names.nearest = nearest(colour, [paper, band]);
    isRefused = names.nearest !== colour;
    sentence = isRefused ? refused : readable;
    if (!typed.value.trim()) sentence = unset;
    picker.value = colour;
    field.querySelector(".sample").setAttribute("color", colour);
  }
  // What the server refused stands above the field already, until something else is typed.
  const isSaid = isRefused && typed.getAttribute("aria-invalid") === "true" && typed.value === typed.defaultValue;
  const words = isSaid ? "" : sentence.replace(/%\((\w+)\)s/g, (whole, name) => names[name] ?? whole);
  if (output.textContent !== words) output.textContent = words;
  verdict.classList.toggle("refused", isRefused);
  use.hidden = !(colour && isRefused);
  use.value = names.nearest ?? "";
}

function listen([light, dark]) {
  const houses = { light: light.dataset.house, dark: dark.dataset.house };
  const showBoth = () => {
    // What becomes of the colour in dark, where nothing is chosen for it.
    const colour = parse(light.querySelector("input").value) ?? houses.light;
    dark.dataset.otherwise = colour === houses.light ? houses.dark : nearest(colour, dark.dataset.grounds.split(" "));
    [light, dark].forEach(show);
  };
  for (const field of [light, dark]) {
    const [typed, picker] = field.querySelectorAll("input");
    const use = field.querySelector("button");
    const take = (value) => {
      typed.value = value;
      typed.dispatchEvent(new Event("input", { bubbles: true })); // whoever else looks at what is typed
    };
    picker.hidden = false;
    picker.addEventListener("input", (event) => {
      event.stopPropagation();
      take(picker.value);
    });
    typed.addEventListener("input", showBoth);
    use.addEventListener("click", () => {
      take(use.value);
      typed.focus();
    });
  }
  showBoth();
}

const fields = document.querySelectorAll(".colour");
if (fields.length === 2) listen(fields);
