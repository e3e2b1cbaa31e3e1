// The editor in the newsroom: what the keyboard calls for happens where the person is in the text.

const TAB = 9;

function lookBeforeLeaving(editor) {
  // The editor looks where the caret is every fifth of a second, and what it saw last is what it comes back to when the
  // focus had left the text. Whoever selects a word and is in the toolbar sooner than that would find the command at
  // work elsewhere: so it looks once more before each key that may lead out of the text.
  editor.on('key', ({ data: { keyCode } }) => {
    const isTab = keyCode === TAB || keyCode === CKEDITOR.SHIFT + TAB;
    if (isTab || keyCode in editor.keystrokeHandler.keystrokes) editor.selectionChange(true);
  });
}

function keepEnterInTheToolbar(editor) {
  // "Bold" at a caret puts an empty element there, to be typed into. The same Enter that pressed the button would reach
  // the page next, where the editor takes it for one in the text and tidies the empty element away.
  editor.on('uiReady', () => {
    editor.ui.space('toolbox')?.$.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') event.stopPropagation();
    });
  });
}

window.CKEDITOR?.on('instanceCreated', ({ editor }) => {
  lookBeforeLeaving(editor);
  keepEnterInTheToolbar(editor);
});
