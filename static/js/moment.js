// Keeps an open page right: its clocks, its date, its counters. The server has printed all of it; without this
// module the page stays as it was when it came. The rules are those of embassy/moment.py and counters/elapsed.py.

const MINUTE = 60_000;
const DAY = 86_400_000;
const WALL = {
  calendar: "gregory", numberingSystem: "latn", hourCycle: "h23",
  year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
};
const walls = new Map();
const shifts = new Map();

// Instants are milliseconds since 1970, zones are IANA names, days are texts like 2021-10-26.

function named(format, instant) {
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}

function wall(zone) {
  try {
    return new Intl.DateTimeFormat("en-GB", { ...WALL, timeZone: zone });
  } catch {
    return wall("UTC"); // a zone that this browser does not know: `trust` finds how far it is off
  }
}

/** What clock and calendar of `zone` show: 2021-10-26T00:41. */
function local(instant, zone) {
  if (!walls.has(zone)) walls.set(zone, wall(zone));
  const { year, month, day, hour, minute } = named(walls.get(zone), instant);
  const text = `${year.padStart(4, "0")}-${month}-${day}T${hour}:${minute}`;
  const shift = shifts.get(zone);
  return shift ? new Date(Date.parse(`${text}Z`) + shift).toISOString().slice(0, 16) : text;
}

/** What the clock of `zone` shows: HH:MM. */
export function clockFace(instant, zone) {
  return local(instant, zone).slice(11);
}

/** The date in the calendar of `zone`. */
export function dayIn(instant, zone) {
  return local(instant, zone).slice(0, 10);
}

/** The day as the header prints it: 26 October 2021, 26 октября 2021. */
export function dayInWords(day, language) {
  const words = { day: "numeric", month: "long", year: "numeric" };
  const format = new Intl.DateTimeFormat(language, { ...words, calendar: "gregory", numberingSystem: "latn", timeZone: "UTC" });
  const parts = named(format, dayNumber(day) * DAY);
  return `${parts.day} ${parts.month} ${parts.year}`;
}

/** How many days have passed since `since` on the home date `today`; the count stops at `ended`. */
export function days(since, today, ended = "") {
  const last = ended && ended < today ? ended : today;
  return Math.max(dayNumber(last) - dayNumber(since), 0);
}

/** The sentence for a number of days, with {days} in the number's place; `forms` has one for each plural form. */
export function sentence(forms, number, language) {
  // Day 0 has a sentence of its own. Latvian calls 10 “zero” too: there it is one of the others.
  const category = number === 0 ? "zero" : new Intl.PluralRules(language).select(number);
  return (category === "zero" && number !== 0 ? undefined : forms[category]) ?? forms.other;
}

function dayNumber(day) {
  // Days of UTC: each has 24 hours, so this is a difference of calendar dates, whatever a zone's clocks do.
  return Date.parse(`${day}T00:00:00Z`) / DAY;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function turn(counter, now, today, language) {
  const { since, ended, until, forms } = counter.dataset;
  counter.hidden = Boolean(until) && now >= Date.parse(until);
  if (!forms) return;
  const number = days(since, today, ended);
  const choice = JSON.parse(forms);
  const text = (ended && ended <= today && choice.ended) || sentence(choice, number, language);
  const [before, ...rest] = text.split("{days}");
  const after = rest.join("{days}");
  if (counter.textContent === (rest.length ? before + number + after : text)) return;
  const strong = document.createElement("strong");
  strong.textContent = number;
  counter.replaceChildren(...(rest.length ? [before, strong, after] : [text]));
}

function refresh(now, home, language) {
  const today = dayIn(now, home);
  for (const clock of document.querySelectorAll("time[data-zone]")) write(clock, clockFace(now, clock.dataset.zone));
  for (const date of document.querySelectorAll("time[data-today]")) {
    if (date.dateTime === today) continue;
    date.dateTime = today;
    write(date, dayInWords(today, language));
  }
  for (const counter of document.querySelectorAll(".counter[data-since]")) turn(counter, now, today, language);
  for (const number of document.querySelectorAll("data.days[data-since]")) {
    const passed = String(days(number.dataset.since, today, number.dataset.ended));
    number.value = passed;
    write(number, passed);
  }
}

/** Takes the page's word for what its clocks showed when it was made: governments change the rules of a zone at
 *  short notice, and a browser that is older than that gets it wrong. */
function trust(served) {
  const today = document.querySelector("time[data-today]").dateTime;
  for (const { dataset, textContent } of document.querySelectorAll("time[data-zone]")) {
    // Of the home clock the date counts too; of the others a whole day more or less is not seen.
    const shift = Date.parse(`${today}T${textContent}Z`) - Date.parse(`${local(served, dataset.zone)}Z`);
    if (!shifts.has(dataset.zone)) shifts.set(dataset.zone, shift);
  }
}

function keep({ at, home }) {
  const served = Date.parse(at);
  const loaded = performance.now();
  let timer;
  const tick = () => {
    // A page cannot come from the future, so a device clock that runs behind is put right by the page. A page from
    // a cache or a mirror may be old: then the device clock is the later one.
    // Whole milliseconds: a timer drops fractions, and would come just before the minute.
    const now = Math.max(Date.now(), Math.ceil(served + performance.now() - loaded));
    clearTimeout(timer);
    timer = setTimeout(tick, MINUTE - (now % MINUTE));
    refresh(now, home, document.documentElement.lang);
  };
  trust(served);
  tick();
  // A page that slept has missed its minutes.
  document.addEventListener("visibilitychange", tick);
  window.addEventListener("pageshow", tick);
}

const header = document.querySelector("header[data-at]");
if (header) keep(header.dataset);
