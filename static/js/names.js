// Names for those who read by ear, where the markup of others has none: Django's own, Select2's, i18nfield's.

function words(element) {
  return element?.textContent.trim().replace(/:$/, '') ?? '';
}

/** What the form calls the field: its label, or the legend of its group. */
function fieldName(element) {
  const row = element.closest('.form-row, fieldset');
  // Two fields can share a row: first the label that is meant for this one.
  const own = row?.querySelector(`label[for="${element.id.replace(/_\d+$/, '')}"]`);
  return words(own ?? row?.querySelector('legend, label'));
}

// The glass of a list is a picture; the box beside it gets its words too.
const search = document.querySelector('#searchbar');
search?.setAttribute('aria-label', document.querySelector('#changelist-search label img')?.alt ?? '');

// One box for each language: “Name, English”, not “English” alone.
for (const box of document.querySelectorAll('.i18n-form-group :is(input, textarea)')) {
  box.setAttribute('aria-label', `${fieldName(box)}, ${box.title}`);
  box.removeAttribute('title');
}

// A moment in two boxes: “Date joined, Date”.
for (const box of document.querySelectorAll('.datetime :is(.vDateField, .vTimeField)')) {
  const own = box.previousSibling?.textContent.trim().replace(/:$/, '') ?? '';
  box.setAttribute('aria-label', `${fieldName(box)}, ${own}`);
}

const jQuery = window.django?.jQuery;

function nameSigns() {
  for (const sign of document.querySelectorAll('.help-tooltip[aria-label]')) sign.setAttribute('role', 'img');
}

// Django draws its double lists when all is loaded.
window.addEventListener('load', nameSigns);
if (document.readyState === 'complete') nameSigns();

jQuery?.(() => {
  nameSigns();
  for (const select of document.querySelectorAll('select.select2-hidden-accessible')) {
    const name = fieldName(select);
    const drawn = select.nextElementSibling;
    for (const part of drawn?.querySelectorAll('[role="combobox"], [role="textbox"], .select2-search__field') ?? []) {
      const value = part.getAttribute('aria-labelledby');
      part.removeAttribute('aria-labelledby');
      part.setAttribute('aria-label', name);
      if (value) part.setAttribute('aria-describedby', value);
    }
    jQuery(select).on('select2:open', () => {
      document.querySelector('.select2-container--open .select2-search__field')?.setAttribute('aria-label', name);
    });
  }
});
