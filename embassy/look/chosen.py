"""The look that a mission has chosen, its stylesheet, and what is said of a colour while it is chosen."""

from typing import Any, NamedTuple, Protocol

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from embassy.look import colours
from embassy.look.house import DARK, LIGHT, STACKS, Face, Scheme

# Said by the server and, while staff choose, by static/js/look.js.
READABLE = _("%(paper)s on the page, %(band)s on bands: readable.")
TOO_PALE = _(
    "%(paper)s on the page, %(band)s on bands: too pale to read, text needs %(needed)s. The nearest that can be read: "
    "%(nearest)s"
)
TOO_DARK = _(
    "%(paper)s on the page, %(band)s on bands: too dark to read, text needs %(needed)s. The nearest that can be read: "
    "%(nearest)s"
)
NO_COLOUR = _("“%(typed)s” is no colour: write it like #1f3a5f.")


class Chooses(Protocol):
    """What chooses: a mission."""

    colour: str
    colour_dark: str
    face: str


class Look(NamedTuple):
    """The link colour in light and in dark, and the typeface of texts."""

    light: str = LIGHT.link
    dark: str = DARK.link
    face: Face = Face.SERIF

    @property
    def is_readable(self) -> bool:
        """Whether everybody can read both colours on the grounds of their schemes."""
        return colours.is_readable(self.light, LIGHT.grounds) and colours.is_readable(self.dark, DARK.grounds)

    @property
    def address(self) -> str:
        """Where its stylesheet is; empty for the house's own look, which needs none."""
        if self == Look():
            return ""
        return reverse("look", args=[self.light.removeprefix("#"), self.dark.removeprefix("#"), self.face.value])

    @property
    def stylesheet(self) -> str:
        """The stylesheet: it sets what tokens.css sets, and admin.css for the newsroom's own switch of schemes."""
        light, dark = f"--link: {self.light};", f"--link: {self.dark};"
        return (
            "@layer tokens {\n"
            f"  :root {{ {light} --serif: {STACKS[self.face]}; }}\n"
            f"  @media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
            # Twice :root: admin.css comes later.
            f'  :root:root[data-theme="light"] {{ {light} }}\n'
            f'  :root:root[data-theme="dark"] {{ {dark} }}\n'
            "}\n"
        )


def of(mission: Chooses | None) -> Look:
    """Return the mission's look; the house's where there is no mission or it chose nothing."""
    if mission is None:
        return Look()
    # What was stored was checked. All the same, what came into the table by another way breaks no page.
    light, dark = _parsed(mission.colour) or LIGHT.link, _parsed(mission.colour_dark)
    return Look(
        colours.nearest(light, LIGHT.grounds),
        colours.nearest(dark, DARK.grounds) if dark else in_dark(light),
        Face(mission.face) if mission.face in Face.values else Face.SERIF,
    )


def _parsed(stored: str) -> str:
    try:
        return colours.parse(stored)
    except ValueError:
        return ""


def in_dark(light: str) -> str:
    """Return what becomes of a colour in the dark scheme, where staff choose none."""
    return DARK.link if light == LIGHT.link else colours.nearest(light, DARK.grounds)


class Reading(NamedTuple):
    """What is said of a colour while it is chosen; where it is refused, with the nearest that can be read."""

    colour: str
    words: str
    nearest: str = ""
    is_refused: bool = False


def read(typed: str, scheme: Scheme) -> Reading:
    """Return what is said of a colour as it was typed for the scheme."""
    try:
        colour = colours.parse(typed)
    except ValueError:
        return Reading("", str(NO_COLOUR) % {"typed": typed}, is_refused=True)
    names = contrasts(colour, scheme)
    if colours.is_readable(colour, scheme.grounds):
        return Reading(colour, str(READABLE) % names)
    nearest = colours.nearest(colour, scheme.grounds)
    return Reading(colour, str(refused(scheme)) % (names | {"nearest": nearest}), nearest, is_refused=True)


def refused(scheme: Scheme) -> Any:
    """Return the sentence for a colour that cannot be read in the scheme."""
    return TOO_PALE if scheme == LIGHT else TOO_DARK


def contrasts(colour: str, scheme: Scheme) -> dict[str, str]:
    """Return the contrast of the colour on page and bands in words, and that which text needs: `9.4:1`."""
    return {
        "needed": f"{colours.READABLE:.0f}:1",
        "paper": in_words(colours.contrast(colour, scheme.paper)),
        "band": in_words(colours.contrast(colour, scheme.band)),
    }


def in_words(ratio: float) -> str:
    """Return `9.4:1`; cut, not rounded: what falls short of 7 is never printed as 7.0."""
    return f"{number_format(int(ratio * 10) / 10, 1)}:1"
