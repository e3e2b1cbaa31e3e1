"""HTML from a person: the editor, the allow-list, and the only trusted HTML of the project.

What the editor sends is treated as hostile: it is cleaned when it is saved, and once more when it is printed.
docs/adr/0003-the-editor.md weighs the editor itself.
"""

import json
import re
from collections import Counter as Tally
from collections.abc import Mapping
from html import unescape
from typing import Any, NamedTuple

import nh3
from ckeditor.widgets import CKEditorWidget
from django import forms
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from news import references, texttokens

ALLOWED: dict[str, set[str]] = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "blockquote": set(),
    "br": set(),
    "caption": set(),
    "cite": set(),
    "code": set(),
    "dd": set(),
    "del": set(),
    "dl": set(),
    "dt": set(),
    "em": set(),
    "h2": set(),
    "h3": set(),
    "h4": set(),
    "hr": set(),
    "i": set(),
    "img": {"src", "alt"},
    "b": set(),
    "ins": set(),
    "li": set(),
    "ol": {"start"},
    "p": set(),
    "pre": set(),
    "q": set(),
    "s": set(),
    "small": set(),
    "strong": set(),
    "sub": set(),
    "sup": set(),
    "table": set(),
    "tbody": set(),
    "td": {"colspan", "rowspan"},
    "tfoot": set(),
    "th": {"colspan", "rowspan", "scope"},
    "thead": set(),
    "tr": set(),
    "u": set(),
    "ul": set(),
}
EVERYWHERE = {"lang", "dir"}
SCHEMES = {"http", "https", "mailto", "tel"}

# What CKEditor 4 may do. divarea (no iframe) is what lets it run under a content security policy without unsafe-eval.
EDITOR: dict[str, Any] = {
    "toolbar": [
        ["Format", "Bold", "Italic", "Subscript", "Superscript", "RemoveFormat"],
        ["NumberedList", "BulletedList", "Blockquote", "HorizontalRule"],
        ["Link", "Unlink", "Image", "Table", "SpecialChar"],
        ["PasteText", "PasteFromWord", "Undo", "Redo", "Find", "Source"],
    ],
    "format_tags": "p;h2;h3;h4;pre",
    "extraPlugins": "image2,autolink,autogrow,divarea",
    "removePlugins": "image,exportpdf,scayt,wsc,flash,iframe,forms,smiley,div,templates,about,preview,print,newpage,"
    "save,language,copyformatting,stylesheetparser,elementspath,uploadimage,uploadwidget",
    # A picture is its address and its words; its size and its caption are the library's to say.
    "disallowedContent": "img[width,height]{*}(*);figure;figcaption",
    "removeDialogTabs": "image2:Upload;link:upload",
    "versionCheck": False,
    "clipboard_handleImages": False,
    "disableNativeSpellChecker": False,
    "entities": False,
    "width": "100%",
    "autoGrow_minHeight": 260,
    "autoGrow_maxHeight": 800,
    "autoGrow_onStartup": True,
}


# Two do for all that people write.
MOST_ROUNDS = 8
DEEPEST = 200


class Cleaned(NamedTuple):
    """Clean HTML, and what the cleaning took out of it, in words for staff."""

    html: str
    removed: list[str]


def clean(html: str) -> Cleaned:
    """Return the part of `html` that the allow-list lets through, and the names of what it removed."""
    kept = _allowed(html)
    before, after = _inventory(html.replace("\x00", "")), _inventory(kept)
    return Cleaned(kept, [part for part in before if after[part] < before[part]])


def render(
    html: str,
    numbers: Mapping[str, texttokens.Count],
    figure: references.Figure = references.nothing,
    *,
    is_page: bool = False,
) -> SafeString:
    """Return the body as it is printed: cleaned once more, numbers and the library's pictures filled in.

    On a page of ours a table stands in a region of its own, which scrolls by itself and can be reached by keyboard.
    """
    printed = references.fill(texttokens.as_html(_allowed(html), numbers), figure)
    if is_page:
        printed = _TAG.sub(_in_region, printed)
    return mark_safe(printed)  # noqa: S308  nh3 cleaned it; a figure escapes its words, and so does the region


def pictures(html: str) -> dict[str, str]:
    """Return the tokens of the pictures that a clean text shows, in order, each with its words for the picture."""
    return references.found_in(html)


def render_line(text: str, numbers: Mapping[str, texttokens.Count]) -> SafeString:
    """Return plain text (a title, a summary) as a page prints it: escaped, counters' numbers filled in."""
    return mark_safe(texttokens.as_html(escape(text), numbers))  # noqa: S308  escaped on this line


def data_block(value: Any) -> SafeString:
    """Return what machines read of a page, as JSON-LD (W3C JSON-LD 1.1, 7: embedding in HTML): data, never a script.

    Whatever the texts hold, nothing in it can end the element: HTML sees no `<`, `>` or `&`; nor does a reader of old
    JavaScript see its line ends U+2028 and U+2029.
    """
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSEEN_BY_HTML)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308  escaped on the line above


_UNSEEN_BY_HTML = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class Editor(CKEditorWidget):  # type: ignore[misc]
    """The editor, as EDITOR sets it up."""

    class Media:
        js = (forms.Script("js/editor.js", type="module"),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.config: dict[str, Any] = {
            **self.config,
            **EDITOR,
            "toolbar": "Newsroom",
            "toolbar_Newsroom": EDITOR["toolbar"],
        }

    def _set_config(self) -> None:
        super()._set_config()
        # Django knows no address yet when a form's class is made.
        self.config["filebrowserImageBrowseUrl"] = reverse("admin:news_picture_choose")
        # What a screen reader calls it; otherwise “Editor, id_body”.
        self.config["title"] = _("Text")


class RichTextField(forms.CharField):
    """A form field with the editor; its value is clean, and `removed` says what the cleaning took out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"widget": Editor} | kwargs)
        self.removed: list[str] = []

    def bound_data(self, data: Any, initial: Any) -> str:  # noqa: ARG002
        """Return what a refused form shows again: the editor puts it into the page, so it is cleaned too."""
        return self.prepare_value(data)

    def prepare_value(self, value: Any) -> str:
        """Return what the editor begins with, cleaned whatever the database holds, pictures as staff can see them."""
        return references.for_staff(clean(value or "").html)

    def clean(self, value: Any) -> str:
        """Return the clean HTML of what was typed."""
        cleaned = clean(super().clean(value))
        self.removed = cleaned.removed
        return cleaned.html


def _in_region(tag: re.Match[str]) -> str:
    if tag[2] != "table":
        return tag[0]
    region = format_html('<div class="wide" role="region" tabindex="0" aria-label="{}">', _("Table"))
    return f"{tag[0]}</div>" if tag[1] else f"{region}{tag[0]}"


def _allowed(html: str) -> str:
    if _depth(html) > DEEPEST:
        # The parser's time grows with the square of the depth. Nothing that people write comes near: keep the words.
        return escape(html)
    # What is left once a tag is gone can nest in a way that the next reader takes apart: clean until nothing changes.
    for _round in range(MOST_ROUNDS):
        before, html = html, _allowed_once(html)
        if html == before:
            break
    return html


def _depth(html: str) -> int:
    """Return how deep elements can nest that only their own end closes; one that is never closed counts to the end."""
    depth = deepest = 0
    for found in _NESTING.finditer(html):
        depth = max(depth - 1, 0) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _allowed_once(html: str) -> str:
    kept = nh3.clean(
        # PostgreSQL stores no NUL, and no browser shows one.
        html.replace("\x00", ""),
        tags=set(ALLOWED),
        attributes={"*": EVERYWHERE} | {tag: names for tag, names in ALLOWED.items() if names},
        attribute_filter=_attribute_value,
        clean_content_tags={"script", "style"},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )
    # A reader of HTML skips the first line break of <pre>; the empty line that somebody wrote needs a second one.
    return _PRE.sub(r"\g<0>\n", references.without_others(kept)).strip()


def _attribute_value(tag: str, attribute: str, value: str) -> str | None:
    if (tag, attribute) == ("img", "src"):
        return references.canonical(value)
    # A token in an attribute would be filled with an element: there is none in clean HTML.
    return value.replace("{", "") if "{days:" in value else value


# Not among them: what a next one of its kind closes (paragraphs, items, cells), and what holds nothing.
_NESTING = re.compile(r"<(/?)(?!(?:p|li|dt|dd|t[dhr]|option|br|hr|img|input|wbr|col|link|meta)\b)[a-z]", re.IGNORECASE)
# A whole tag of clean HTML, whatever its values hold: every value is quoted, and no value holds a quote.
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*+)(?:[^">]|"[^"]*")*+>')
_PRE = re.compile(r"<pre(?: [^>]*)?>\n")
# Each alternative runs to its end or to the end of the text, so that no input makes it start over: `html.parser`
# took two minutes for 100 KB of "<a ".
_TAG_OR_COMMENT = re.compile(
    r"""<!--.*?(?:-->|\Z) | <([a-z][^\s/>]*+)((?:[^>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'=/]++)(?:\s*+=\s*+("[^"]*+"?|'[^']*+'?|\S++))?""")


def _inventory(html: str) -> Tally[str]:
    parts: Tally[str] = Tally()
    for found in _TAG_OR_COMMENT.finditer(html):
        if not found[1]:
            parts[_("a comment")] += 1
            continue
        parts[f"<{found[1].lower()}>"] += 1
        for name, value in _ATTRIBUTE.findall(found[2]):
            parts[_attribute(name.lower(), unescape(value.strip("\"'")))] += 1
    return parts


def _attribute(name: str, value: str) -> str:
    # An address can lose its place for its scheme alone: name it.
    if name == "href":
        return f"href=“{value[:40]}”"
    return _("attribute %s") % name
