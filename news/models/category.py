"""Categories: what kind of message a statement is."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from embassy.labels import LabelField, free_slug, label
from embassy.version import PublicModel, PublicQuerySet


class CategoryQuerySet(PublicQuerySet["Category"]):
    """The words in which the site asks for categories: those of every public model."""


class Category(PublicModel):
    """A kind of message, with an address of its own."""

    name = LabelField(_("name"))
    slug = models.SlugField(
        _("address"),
        max_length=60,
        unique=True,
        blank=True,
        help_text=_("The last part of the category’s address. Made from the name where empty; better not changed."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("The lowest comes first."))

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return str(label(self.name))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the category, with an address made from its name where none was given."""
        self.name = label(self.name)
        if not self.slug:
            taken = Category.objects.exclude(pk=self.pk).values_list("slug", flat=True)
            self.slug = free_slug(self.name, taken, otherwise="category")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the category's address in the active language."""
        return reverse("news:category", args=[self.slug])
