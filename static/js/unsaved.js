// Nothing that was typed into a statement's form is lost: the browser keeps it until the server has it. Kept are the
// words alone, under the account and the statement, for a week at most; logging out removes them, because a text under
// embargo has no business on a machine that somebody has left.

const PREFIX = "unsaved:";
const WEEK = 7 * 86_400_000;
const PAUSE = 400; // milliseconds in which a person types on
const NOT_WORDS = new Set(["csrfmiddlewaretoken", "kept", "seen"]);

const user = document.querySelector('meta[name="account"]')?.content ?? "";
const place = document.getElementById("unsaved");
const form = place?.closest("form");

// ---- what is kept: one entry for each page that somebody wrote on -----------------------------------------------

function copies() {
  const found = [];
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    const [, account, statement, token] = key.split(":");
    let copy;
    try {
      copy = JSON.parse(localStorage.getItem(key));
    } catch {
      copy = null;
    }
    if (!copy || !(Date.now() - copy.at < WEEK)) localStorage.removeItem(key);
    else if (account === user) found.push({ ...copy, key, statement, token });
  }
  return found.sort((a, b) => b.at - a.at);
}

function forget(token) {
  for (const copy of copies()) if (copy.token === token) localStorage.removeItem(copy.key);
}

/** Makes the words those of a new statement: theirs can no longer be written on. */
function makeNew({ key, token, at, words: kept, labels: names }) {
  localStorage.removeItem(key);
  localStorage.setItem(`${PREFIX}${user}:new:${token}`, JSON.stringify({ at, words: kept, labels: names, seen: "" }));
}

function when({ at }) {
  const { lang } = document.documentElement;
  const locale = navigator.languages.find((name) => name.startsWith(lang)) ?? lang; // en-GB rather than en
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }).format(at);
}

function forgetWhatWasSaved() {
  const saved = /^#saved=([\w-]+)$/.exec(location.hash);
  if (!saved) return;
  forget(saved[1]);
  history.replaceState(history.state, "", location.pathname + location.search);
}

// ---- the words in the form ---------------------------------------------------------------------------------------

function editors() {
  return Object.values(window.CKEDITOR?.instances ?? {}).filter((editor) => editor.element?.$.form === form);
}

/** The values of a field; with `asServed` those with which the page came: somebody may type before this module runs. */
function values(field, asServed) {
  if (["checkbox", "radio"].includes(field.type)) return (asServed ? field.defaultChecked : field.checked) ? [field.value] : [];
  if (field.tagName !== "SELECT") return [asServed ? field.defaultValue : field.value];
  if (!asServed) return [...field.selectedOptions].map((option) => option.value);
  const served = [...field.options].filter((option) => option.defaultSelected).map((option) => option.value);
  return served.length || field.multiple || !field.options.length ? served : [field.options[0].value];
}

function isWord(field) {
  return field.name && !NOT_WORDS.has(field.name) && !field.name.startsWith("_") && !["file", "button", "submit"].includes(field.type)
    && field.tagName !== "FIELDSET" && field.tagName !== "OUTPUT";
}

function words(asServed = false) {
  const found = {};
  for (const field of form.elements) {
    if (isWord(field)) found[field.name] = [...(found[field.name] ?? []), ...values(field, asServed)];
  }
  if (asServed) return found;
  for (const editor of editors()) if (editor.status === "ready") found[fieldName(editor)] = [editor.getData()];
  return found;
}

function fieldName(editor) {
  return editor.element.$.name;
}

/** What the chosen options are called: the list of an autocomplete holds no others. */
function labels() {
  return Object.fromEntries([...form.querySelectorAll("select")].map((select) => [
    select.name, Object.fromEntries([...select.selectedOptions].map((option) => [option.value, option.text])),
  ]));
}

function fill(field, kept, names) {
  if (["checkbox", "radio"].includes(field.type)) field.checked = kept.includes(field.value);
  else if (field.tagName === "SELECT") {
    for (const value of kept) {
      const isThere = [...field.options].some((option) => option.value === value);
      if (!isThere) field.add(new Option(names[value] ?? value, value));
    }
    for (const option of field.options) option.selected = kept.includes(option.value);
  } else field.value = kept[0] ?? "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function put(copy) {
  for (const field of form.elements) {
    if (isWord(field)) fill(field, copy.words[field.name] ?? [], copy.labels?.[field.name] ?? {});
  }
  for (const editor of editors()) editor.setData(copy.words[fieldName(editor)]?.[0] ?? "");
  // Words that were typed over an older draft must not replace a newer one unasked.
  if (form.elements.seen) form.elements.seen.value = copy.seen;
}

function text(html) {
  return new DOMParser().parseFromString(html.replace(/<\/(p|li|h\d|td)>|<br[^>]*>/g, "$& "), "text/html").body.textContent.trim();
}

// ---- keeping -----------------------------------------------------------------------------------------------------

function watch() {
  const statement = place.dataset.statement || "new";
  const field = form.elements.kept;
  const before = words(true);
  let token = field.value || crypto.getRandomValues(new Uint32Array(4)).join("-");
  let isLeaving = false;
  let timer = 0; // 0: nothing was typed since the last look at the words
  field.value = token;

  const isUnsaved = () => "unsaved" in place.dataset || JSON.stringify(words()) !== JSON.stringify(before);
  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    forget(token);
    if (!isUnsaved()) return;
    const copy = { at: Date.now(), seen: form.elements.seen?.value ?? "", words: words(), labels: labels() };
    try {
      localStorage.setItem(`${PREFIX}${user}:${statement}:${token}`, JSON.stringify(copy));
    } catch {
      warn("full"); // too much is kept already, or this browser keeps nothing
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };
  const follow = (editor) => {
    if (editor.element?.$.form !== form) return;
    before[fieldName(editor)] = [editor.getData()]; // the editor has its own way to write the same text
    editor.on("change", soon);
    editor.on("mode", () => editor.mode === "source" && editor.editable()?.attachListener(editor.editable(), "input", soon));
    if (editors().every((one) => one.status === "ready")) offer(before, token, adopt);
  };
  const adopt = (copy) => {
    forget(token);
    token = field.value = copy.token;
    soon();
  };

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => {
    keep();
    isLeaving = true;
    // Whoever signed in again in another window has a new token.
    const fresh = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    if (fresh) form.elements.csrfmiddlewaretoken.value = fresh[1];
  });
  window.addEventListener("pageshow", () => (isLeaving = false));
  window.addEventListener("pagehide", () => {
    if (timer && !isLeaving) keep();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && isUnsaved()) event.preventDefault();
  });
  document.getElementById("logout-form")?.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0;
  });

  const ready = editors().filter((editor) => editor.status === "ready");
  window.CKEDITOR?.on("instanceReady", ({ editor }) => follow(editor));
  ready.forEach(follow);
  if (!window.CKEDITOR) offer(before, token, adopt);
}

// ---- offering ----------------------------------------------------------------------------------------------------

/** Offers what was kept and differs from what the server shows: to take it back into the form, or throw it away. */
function offer(shown, own, adopt) {
  const statement = place.dataset.statement || "new";
  const waiting = copies().filter((copy) => copy.statement === statement && copy.token !== own);
  const same = (copy) => shown && JSON.stringify(copy.words) === JSON.stringify(shown);
  waiting.filter(same).forEach((copy) => localStorage.removeItem(copy.key));
  const copy = waiting.find((one) => !same(one));
  const box = place.querySelector(".offer");
  box.hidden = !copy;
  if (!copy) return;
  box.querySelector(".sentence").textContent = box.dataset.sentence.replace("{when}", when(copy));
  const body = text(copy.words.body?.[0] ?? "");
  const lines = [copy.words.title?.[0], copy.words.summary?.[0], adopt ? body.slice(0, 300) : body];
  box.querySelector(".excerpt").replaceChildren(...lines.filter(Boolean).map((line) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = line;
    return paragraph;
  }));
  const [take, fresh, discard] = box.querySelectorAll("button");
  take.hidden = !adopt;
  fresh.hidden = Boolean(adopt);
  take.onclick = () => {
    put(copy);
    adopt(copy);
    box.hidden = true;
    form.elements.title.focus();
  };
  fresh.onclick = () => {
    // The statement is no longer open for writing: the words become a new one.
    makeNew(copy);
    location.assign(place.dataset.add);
  };
  discard.onclick = () => {
    localStorage.removeItem(copy.key);
    offer(shown, own, adopt);
    if (box.hidden) form.querySelector("[name=title]")?.focus();
  };
}

/** Lists what was kept, on pages where somebody arrives who does not know of it any more. */
function list(section) {
  const items = copies().map((copy) => {
    const link = document.createElement("a");
    const { add, change } = section.dataset;
    link.textContent = `${copy.words.title?.[0] || "-"} (${when(copy)})`;
    link.href = copy.statement === "new" ? add : change.replace("/0/", `/${copy.statement}/`);
    if (copy.statement !== "new") {
      // A statement that somebody discarded meanwhile leads elsewhere: what was written there becomes a new one.
      fetch(link.href, { method: "HEAD", redirect: "manual" }).then(({ type }) => {
        if (type !== "opaqueredirect") return;
        makeNew(copy);
        link.href = add;
      }, () => {});
    }
    const item = document.createElement("li");
    item.append(link);
    return item;
  });
  section.querySelector("ul").replaceChildren(...items);
  section.hidden = items.length === 0;
}

// ---- the session -------------------------------------------------------------------------------------------------

function warn(name, isShown = true) {
  const sentence = place.querySelector(`.${name}`);
  if (sentence.hidden === isShown) sentence.hidden = !isShown;
}

/** Says that the session is over when somebody comes back to the page, before they press a button. */
async function askForSession() {
  if (document.hidden) return;
  try {
    const answer = await fetch(place.dataset.session, { redirect: "manual" });
    warn("over", answer.type === "opaqueredirect");
  } catch {
    // No network says nothing of the session.
  }
}

forgetWhatWasSaved();
copies(); // drops what is too old
document.getElementById("logout-form")?.addEventListener("submit", () => {
  for (const copy of copies()) localStorage.removeItem(copy.key);
});
const listed = document.getElementById("kept-list");
if (listed) list(listed);
if (form?.elements.title && form.elements.kept) {
  watch();
  window.addEventListener("focus", askForSession);
  document.addEventListener("visibilitychange", askForSession);
} else if (place) offer(null, "", null);
