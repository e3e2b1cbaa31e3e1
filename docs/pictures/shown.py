"""Which pages there are: data. Names in braces are places of the site, such as {live}; `docs.pictures.newsroom`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docs.pictures import deeds

Deed = Callable[[Any, Any], None]


@dataclass(frozen=True)
class Shown:
    """A page: its name among the files, its address, who looks, and what is done there before the picture."""

    name: str
    address: str
    who: str = ""
    does: Deed | None = None
    status: int = 200
    is_printed: bool = False


def _of(who: str, *pages: tuple[str, str]) -> tuple[Shown, ...]:
    return tuple(Shown(name, address, who) for name, address in pages)


PUBLIC = (
    Shown("home", "/", is_printed=True),
    Shown("statement", "{public-live}", is_printed=True),
    Shown("statement-plain", "{public-plain}", is_printed=True),
    Shown("statement-corrected", "{public-corrected}", is_printed=True),
    Shown("statement-earlier-edition", "{edition}", is_printed=True),
    Shown("statement-translated", "{public-original}"),
    Shown("statement-withdrawn", "{public-withdrawn}", is_printed=True),
    Shown("statement-removed", "{public-removed}", status=410),
    Shown("archive", "/messages/", is_printed=True),
    Shown("archive-deep", "/messages/?before=30"),
    Shown("archive-year", "/messages/2026/", is_printed=True),
    Shown("archive-month", "/messages/2026/11/", is_printed=True),
    Shown("archive-category", "/category/{slug}/"),
    Shown("archive-narrowed", "/messages/?category={slug}&from=2025-01-01&to=2026-12-31"),
    Shown("archive-form-errors", "/messages/?from=never&to=2026-02-31"),
    Shown("search", "/messages/?q={word}"),
    Shown("search-nothing", "/messages/?q=qwrtz"),
    Shown("search-number", "/messages/?q={number-live}"),
    Shown("search-to-print", "/messages/?q={word}&print=all", is_printed=True),
    Shown("feeds", "/feeds/"),
    Shown("press", "/press/", is_printed=True),
    Shown("verify", "/verify/"),
    Shown("verify-authentic", "/verify/?of={number-live}", is_printed=True),
    Shown("verify-removed", "/verify/?of={number-removed}"),
    Shown("verify-unknown", "/verify/?of=99999"),
    Shown("verify-changed", "/verify/", does=deeds.paste_changed),
    Shown("verify-pasted-unknown", "/verify/", does=deeds.paste_unknown),
    Shown("preview", "{preview-submitted}"),
    Shown("preview-embargoed", "{preview-scheduled}", is_printed=True),
    Shown("preview-changed", "{preview-shared}", status=410),
    Shown("preview-ended", "/preview/nothing/", status=404),
    Shown("error-400", "/", does=deeds.ask_by_unknown_name, status=400),
    Shown("error-404", "/nowhere/", status=404),
    Shown("error-404-file", "/files/AAAAAAAAAAAAAAAAAAAAAA/nothing.png", status=404),
    Shown("error-500", "/fails/", status=500),
)

DOOR = (
    Shown("door", "/admin/login/"),
    Shown("door-refused", "/admin/login/", does=deeds.guess),
    Shown("door-locked-429", "/admin/login/", does=deeds.guess_on, status=429),
    Shown("door-code", "/admin/second-factor/", "half"),
    Shown("door-code-refused", "/admin/second-factor/", "half", deeds.guess_code),
    Shown("door-set-up", "/admin/second-factor/set-up/", "newcomer"),
    Shown("door-recovery-codes", "/admin/second-factor/set-up/", "newcomer", deeds.set_phone_up),
    *_of(
        "writer",
        ("security", "/admin/security/"),
        ("security-new-phone", "/admin/security/phone/"),
        ("security-new-codes", "/admin/security/codes/"),
        ("password", "/admin/password_change/"),
        ("password-changed", "/admin/password_change/done/"),
    ),
    Shown("error-403", "/admin/auth/user/", "writer", status=403),
    Shown("error-404", "/admin/nowhere/", "writer", status=404),
)
STATES = (
    "draft",
    "submitted",
    "returned",
    "scheduled",
    "next",
    "corrected",
    "withdrawn",
    "removed",
    "forced",
    "behind",
)
VERBS = {
    "approve": "submitted", "return": "submitted", "recall": "submitted", "new-edition": "plain",
    "release-now": "scheduled", "reschedule": "scheduled", "take-back": "scheduled", "review": "forced",
    "follow": "behind", "feature": "corrected", "comment": "draft", "force": "draft", "withdraw": "corrected",
    "remove": "corrected", "discard": "draft",
}  # fmt: skip
WHO = {"review": "editor", "recall": "writer", "discard": "writer"}
STATEMENTS = (
    *(Shown(f"start-{who}", "/admin/", who) for who in ("writer", "editor", "publisher", "administrator")),
    *_of(
        "publisher",
        ("statements", "/admin/news/statement/"),
        ("statements-found", "/admin/news/statement/?q={word}"),
        ("statements-nothing", "/admin/news/statement/?q=qwrtz"),
        ("statement-add", "/admin/news/statement/add/"),
        ("compare", "{corrected}/compare/"),
        ("editions", "{corrected}/editions/"),
        ("edition", "{corrected}/editions/{edition-pk}/"),
        ("history", "{corrected}/history/"),
        ("previews", "{scheduled}/previews/"),
        ("as-at", "/admin/as-at/"),
        ("as-at-home", "/admin/as-at/2026-11-25T09:01Z/"),
        ("as-at-archive", "/admin/as-at/2026-11-25T09:01Z/messages/"),
        ("app", "/admin/news/"),
    ),
    Shown("statement-add-errors", "/admin/news/statement/add/", "publisher", deeds.save_draft),
    Shown("previews-shared", "{submitted}/previews/", "publisher", deeds.share),
    Shown("error-403-form", "/admin/news/statement/add/", "writer", deeds.lose_session, 403),
    *(Shown(f"change-{state}", f"{{{state}}}/change/", "publisher") for state in STATES),
    Shown("change-submitted-writer", "{submitted}/change/", "writer"),
    Shown("change-returned-writer", "{returned}/change/", "writer"),
    Shown("change-two-people", "{draft}/change/", "writer", deeds.write_together),
    *(Shown(f"verb-{verb}", f"{{{text}}}/{verb}/", WHO.get(verb, "publisher")) for verb, text in VERBS.items()),
    Shown("verb-approve-errors", "{submitted}/approve/", "publisher", deeds.approve),
)
MODELS = {
    "news/category": "category", "news/picture": "picture", "news/document": "document",
    "counters/counter": "counter", "embassy/clock": "clock", "embassy/contactline": "contactline",
    "embassy/presscontact": "presscontact", "embassy/presshours": "presshours", "auth/user": "user",
    "auth/group": "group",
}  # fmt: skip
OTHERS = (
    *(
        Shown(f"{name}-{page}", f"/admin/{path}/{part}", "administrator")
        for path, name in MODELS.items()
        for page, part in (("list", ""), ("add", "add/"), ("change", f"{{{name}}}/change/"))
    ),
    *_of(
        "administrator",
        ("mission-change", "/admin/embassy/mission/{mission}/change/"),
        ("mission-list", "/admin/embassy/mission/"),
        ("counter-delete", "/admin/counters/counter/{spare}/delete/"),
        ("picture-delete", "/admin/news/picture/{picture}/delete/"),
        ("picture-choose", "/admin/news/picture/choose/"),
        ("user-password", "/admin/auth/user/{user}/password/"),
        ("log", "/admin/embassy/logrow/"),
        ("log-found", "/admin/embassy/logrow/?q=approve"),
    ),
    Shown("category-add-errors", "/admin/news/category/add/", "administrator", deeds.save),
)
EMPTY = (
    Shown("home", "/", is_printed=True),
    Shown("archive", "/messages/"),
    Shown("search", "/messages/?q=qwrtz"),
    Shown("feeds", "/feeds/"),
    Shown("press", "/press/"),
    Shown("verify", "/verify/?of=1"),
    *_of(
        "administrator",
        ("start", "/admin/"),
        ("statements", "/admin/news/statement/"),
        ("pictures", "/admin/news/picture/"),
        ("choose", "/admin/news/picture/choose/"),
        ("clocks", "/admin/embassy/clock/"),
    ),
)
HARD = (
    Shown("home", "/", is_printed=True),
    Shown("archive", "/messages/"),
    Shown("month", "/messages/2026/11/"),
    Shown("statement-long", "{long}", is_printed=True),
    Shown("statement-picture", "{picture}"),
    Shown("statement-unbroken", "{unbroken}"),
    Shown("statement-one-word", "{one}"),
    Shown("press", "/press/"),
    Shown("error-404", "/nowhere/", status=404),
    *_of(
        "publisher",
        ("start", "/admin/"),
        ("statements", "/admin/news/statement/"),
        ("change", "{unbroken-text}/change/"),
        ("withdraw", "{long-text}/withdraw/"),
        ("counters", "/admin/counters/counter/"),
        ("categories", "/admin/news/category/"),
    ),
)
# By the part that PICTURES names: of which site, and which pages.
PARTS: dict[str, tuple[str, tuple[Shown, ...]]] = {
    "public": ("full", PUBLIC),
    "newsroom": ("full", STATEMENTS),
    "admin": ("full", (*DOOR, *OTHERS)),
    "empty": ("empty", EMPTY),
    "hard": ("hard", HARD),
}
