// The library in the newsroom: hands a chosen picture to the editor, and shows what a form has chosen.

// ---- the page on which the editor chooses ----------------------------------------------------------------------

const callback = Number.parseInt(new URLSearchParams(location.search).get('CKEditorFuncNum') ?? '', 10);

for (const button of document.querySelectorAll('button[data-picture]')) {
  button.addEventListener('click', () => {
    const editor = window.opener?.CKEDITOR;
    if (!editor || Number.isNaN(callback)) return;
    editor.tools.callFunction(callback, button.dataset.picture);
    window.close();
  });
}

// ---- a picture's form: asked before it is sent, because a browser forgets the chosen file with the page ---------

const words = [...document.querySelectorAll('input[name^="alt_"]')];
const decorative = document.querySelector('input[name="is_decorative"]');

if (words.length && decorative) {
  const check = () => {
    const isSaid = decorative.checked || words.some((input) => input.value.trim());
    words[0].setCustomValidity(isSaid ? '' : words[0].dataset.ask ?? '');
  };
  // Django's form asks the browser for no checks: this one is asked for by hand.
  words[0].form.addEventListener('submit', (event) => {
    check();
    if (!words[0].reportValidity()) event.preventDefault();
  });
  for (const input of [...words, decorative]) input.addEventListener('input', check);
}

// ---- the statement's form --------------------------------------------------------------------------------------

const jQuery = window.django?.jQuery;

for (const holder of document.querySelectorAll('.chosen-picture')) {
  const select = holder.querySelector('select');
  const image = holder.querySelector('img');
  const show = () => {
    image.hidden = !select.value;
    if (select.value) image.src = holder.dataset.thumbnail.replace('/0/', `/${select.value}/`);
  };
  jQuery(select).on('change', show);
  show();
}

// What is attached stays in the order in which it was chosen: a form sends its choices as they stand in the list.
for (const select of document.querySelectorAll('select.in-order')) {
  jQuery(select).on('select2:select', (event) => {
    const { element } = event.params.data;
    if (element) jQuery(select).append(element).trigger('change');
  });
}
