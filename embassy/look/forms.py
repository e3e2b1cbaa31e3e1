"""The mission's form: colours with their contrast, faces with a sample, the emblem with its picture."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy as _

from embassy.look import chosen, colours, emblem
from embassy.look.house import DARK, LIGHT, Scheme
from embassy.models import Mission


class ColourInput(forms.TextInput):
    """A colour as it is written, with a picker, a sample and its contrast; the last three live where scripts run."""

    template_name = "admin/embassy/mission/_colour.html"

    def __init__(self, scheme: Scheme) -> None:
        super().__init__({"size": 8, "dir": "ltr", "autocomplete": "off", "spellcheck": "false"})
        self.scheme = scheme
        # What is shown while the field is empty.
        self.otherwise = scheme.link

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what the template prints of the colour and of the scheme it is for."""
        is_light = self.scheme == LIGHT
        unset = UNSET_LIGHT if is_light else UNSET_DARK
        if value:
            reading = chosen.read(value, self.scheme)
        else:
            words = str(unset) % ({"colour": self.otherwise} | chosen.contrasts(self.otherwise, self.scheme))
            reading = chosen.Reading(self.otherwise, words)
        context = super().get_context(name, value, attrs)
        # An error above the field says the same.
        words = "" if reading.is_refused and context["widget"]["attrs"].get("aria-invalid") else reading.words
        return context | {
            "scheme": self.scheme,
            "is_light": is_light,
            "shown": reading.colour or self.otherwise,
            "words": words,
            "otherwise": self.otherwise,
            "said": {
                "unset": unset,
                "readable": chosen.READABLE,
                "refused": chosen.refused(self.scheme),
                "no_colour": chosen.NO_COLOUR,
                "decimal": chosen.in_words(1.5)[1],
            },
        }


UNSET_LIGHT = _("The standard colour, %(colour)s: %(paper)s on the page, %(band)s on bands.")
UNSET_DARK = _("Worked out from the colour, %(colour)s: %(paper)s on the page, %(band)s on bands.")


class ColourField(forms.CharField):
    """A colour that everybody can read on the grounds of a scheme, or nothing."""

    widget: ColourInput

    def __init__(self, scheme: Scheme, **options: Any) -> None:
        self.scheme = scheme
        super().__init__(required=False, widget=ColourInput(scheme), **options)

    def clean(self, value: Any) -> str:
        """Return the colour in the one way in which it is stored; refuse it with the nearest that can be read."""
        typed: str = super().clean(value)
        if not typed:
            return ""
        reading = chosen.read(typed, self.scheme)
        if reading.is_refused:
            raise ValidationError(reading.words, code="contrast")
        return reading.colour


class FaceSelect(forms.RadioSelect):
    """Typefaces, each with a sentence in it."""

    template_name = "admin/embassy/mission/_face.html"


class EmblemInput(forms.FileInput):
    """A file to choose, below the emblem that there is."""

    template_name = "admin/embassy/mission/_emblem.html"
    shown: emblem.Shown | None = None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what the template prints of the emblem."""
        return super().get_context(name, value, attrs) | {"emblem": self.shown}


class MissionForm(forms.ModelForm):
    """The mission: its name and its look."""

    new_emblem = forms.FileField(
        label=_("Emblem"),
        required=False,
        widget=EmblemInput({"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_(
            "PNG, JPEG or WebP, best a PNG with a transparent ground, 512 pixels wide or more; at least 128 pixels and "
            "at most 5 MB. It is shown small, and in dark on a light plate: draw it for a light ground."
        ),
    )
    remove_emblem = forms.BooleanField(label=_("Remove the emblem"), required=False)

    class Meta:
        model = Mission
        fields = ("name", "strapline", "colour", "colour_dark", "face")
        widgets = {"face": FaceSelect}

    class Media:
        css = {"all": ("css/look.css",)}
        js = (Script("js/look.js", type="module"),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.drawn: emblem.Drawn | None = None
        for name, scheme in (("colour", LIGHT), ("colour_dark", DARK)):
            if name in self.fields:
                stock = self.fields[name]
                self.fields[name] = ColourField(scheme, label=stock.label, help_text=stock.help_text)
        if "face" in self.fields:
            self.fields["face"].required = False  # what is not sent stays as it is
        if "colour_dark" in self.fields:
            self.fields["colour_dark"].widget.otherwise = chosen.in_dark(self._light())
        if "new_emblem" in self.fields:
            self.fields["new_emblem"].widget.shown = emblem.shown(self.instance)

    def _light(self) -> str:
        try:
            return colours.parse(self["colour"].value() or LIGHT.link)
        except ValueError:
            return LIGHT.link

    def clean_face(self) -> str:
        """Keep the typeface that there is where none was sent."""
        face: str = self.cleaned_data["face"] or self.instance.face
        return face

    def clean_new_emblem(self) -> "UploadedFile[Any] | None":
        """Draw what was chosen, or refuse it with a sentence."""
        upload: UploadedFile[Any] | None = self.cleaned_data["new_emblem"]
        if upload:
            try:
                self.drawn = emblem.draw(upload)
            except emblem.Refused as refusal:
                raise ValidationError(str(refusal), code="emblem") from None
        return upload

    def clean(self) -> dict[str, Any] | None:
        """Say that a file has to be chosen again where something else is refused: no browser sends it a second time."""
        if self.errors and self.drawn:
            self.add_error("new_emblem", _("Choose the emblem again: a file is not kept while something is refused."))
        return super().clean()

    def save(self, commit: bool = True) -> Mission:  # noqa: FBT001, FBT002  Django's signature
        """Put the emblem on the mission, or take it off; inside of `storing.all_or_nothing`."""
        if self.drawn:
            emblem.keep(self.instance, self.drawn)
        elif self.cleaned_data.get("remove_emblem"):
            emblem.remove(self.instance)
        mission: Mission = super().save(commit)
        return mission
