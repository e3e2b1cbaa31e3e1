"""The categories of what is taken over: by any of their names; one that is not there yet is made."""

from collections.abc import Iterator

from django.conf import settings

from embassy.labels import label
from news.jsonfeed import Item
from news.jsonfeed.shapes import Named
from news.models import Category


class Categories:
    """Categories by any of their names; one that is not there yet is made."""

    def __init__(self, default: str) -> None:
        self._default = default
        self.forget()

    def forget(self) -> None:
        """Look at the database anew: a category that was made for a refused item is gone with it."""
        self._found = dict(self._names())

    def of(self, item: Item) -> Category | None:
        """Return the category of the item's first tag, or the one for items without tags."""
        name = item.tag or self._default
        if not name:
            return None
        if name.casefold() not in self._found:
            self._make({item.language: name})
        return self._found[name.casefold()]

    def named(self, named: Named) -> Category:
        """Return the category with that address, or with one of the names; made with all of them where none is."""
        for name in (named.slug, *(name.casefold() for name in named.names.values())):
            if name in self._found:
                return self._found[name]
        return self._make(dict(named.names) or {settings.LANGUAGE_CODE: named.slug}, slug=named.slug)

    def _make(self, names: dict[str, str], slug: str = "") -> Category:
        made = Category.objects.create(name=names, slug=slug, position=len(self._found))
        self._found |= self._names_of(made)
        return made

    def _names(self) -> Iterator[tuple[str, Category]]:
        for category in Category.objects.all():
            yield from self._names_of(category).items()

    def _names_of(self, category: Category) -> dict[str, Category]:
        names = [category.name.localize(code) for code, _name in settings.LANGUAGES]
        names += label(category.name).data.values()
        return dict.fromkeys([category.slug, *(str(name).casefold() for name in names)], category)
