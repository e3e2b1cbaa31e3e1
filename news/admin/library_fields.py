"""Form fields that choose from the library: one picture, and documents in an order."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.db.models import ManyToOneRel
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from news.models import Document, Edition, LibraryFile, Picture

_FIELD: Any = Edition._meta.get_field("picture")  # noqa: SLF001  Django's own name for it
_SCRIPT = forms.Script("js/library.js", type="module")


class _PictureSelect(AutocompleteSelect):
    """Finds a picture by its words, and shows the one that is chosen."""

    class Media:
        js = (_SCRIPT,)
        css = {"all": ("css/library.css",)}

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        """Return the list with room for the picture; `js/library.js` fills it."""
        thumbnail = reverse("admin:news_picture_thumbnail", args=[0])
        return format_html(
            '<span class="chosen-picture" data-thumbnail="{}">{}<img class="thumbnail" alt="" hidden></span>',
            thumbnail,
            super().render(*args, **kwargs),
        )


class _DocumentSelect(AutocompleteSelectMultiple):
    """Finds documents by their words, and keeps the order in which they are chosen."""

    class Media:
        js = (_SCRIPT,)

    def get_url(self) -> str:
        """Return the address that finds documents."""
        return reverse("admin:news_document_find")

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """Return the chosen ones in their order."""
        groups = super().optgroups(name, value, attr)
        place = {str(one): position for position, one in enumerate(value)}
        groups[0][1].sort(key=lambda option: place.get(str(option["value"]), len(place)))
        return groups


class PictureField(forms.ModelChoiceField):
    """A picture of the library, or none; one can be added on the way."""

    def __init__(self, **kwargs: Any) -> None:
        select = _PictureSelect(_FIELD, admin.site)
        widget = RelatedFieldWidgetWrapper(select, _FIELD.remote_field, admin.site, can_add_related=True)
        fields = {"queryset": Picture.objects.pictures(), "required": False, "widget": widget}
        super().__init__(**{"label": _("Picture")} | fields | kwargs)  # type: ignore[arg-type]


class DocumentsField(forms.ModelMultipleChoiceField):
    """Documents of the library, in the order in which they are printed."""

    def __init__(self, **kwargs: Any) -> None:
        relation = ManyToOneRel(_FIELD, Document, "id")
        widget = RelatedFieldWidgetWrapper(
            _DocumentSelect(_FIELD, admin.site, attrs={"class": "in-order"}), relation, admin.site, can_add_related=True
        )
        fields = {"queryset": Document.objects.documents(), "required": False, "widget": widget}
        super().__init__(**{"label": _("Documents")} | fields | kwargs)  # type: ignore[arg-type]

    def clean(self, value: Any) -> Any:
        """Return the documents as a tuple in the order that was sent."""
        chosen: dict[str, LibraryFile] = {str(file.pk): file for file in super().clean(value)}
        return tuple(chosen[str(key)] for key in dict.fromkeys(str(one) for one in value or ()))
