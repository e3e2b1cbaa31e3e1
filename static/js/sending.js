// A button that is pressed twice sends once; and what was typed on a verb's page is there again where it was not taken:
// the session had ended, or the network failed. Kept for this tab alone, under the account, until the verb was done.

const PAUSE = 10_000; // milliseconds after which a form can be sent again: the answer may never come
const PREFIX = 'said:';
const account = document.querySelector('meta[name="account"]')?.content ?? '';
const key = `${PREFIX}${account}:${location.pathname}`;
const words = account && document.querySelector('.verb-form textarea');

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if ('sent' in form.dataset) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = '';
  setTimeout(() => delete form.dataset.sent, PAUSE);
});
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

function forget() {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(PREFIX)) sessionStorage.removeItem(name);
}

try {
  if (document.querySelector('.messagelist .success')) forget();
  document.getElementById('logout-form')?.addEventListener('submit', forget);
  if (words && !words.value) words.value = sessionStorage.getItem(key) ?? '';
  words?.addEventListener('input', () => sessionStorage.setItem(key, words.value));
} catch {
  // This browser keeps nothing.
}
