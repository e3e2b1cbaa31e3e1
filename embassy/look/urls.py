"""The addresses of a mission's look, the same in every language."""

from django.urls import path, register_converter

from embassy.look import views


class SixHex:
    """A colour, one way to write each."""

    regex = "[0-9a-f]{6}"

    def to_python(self, value: str) -> str:
        """Return the digits."""
        return value

    def to_url(self, value: str) -> str:
        """Return the digits."""
        return value


class Digest(SixHex):
    """A SHA-256 digest in hexadecimal digits."""

    regex = "[0-9a-f]{64}"


register_converter(SixHex, "six_hex")
register_converter(Digest, "digest")

urlpatterns = [
    path("look/<six_hex:light>-<six_hex:dark>-<slug:face>.css", views.stylesheet, name="look"),
    path("emblem/<digest:digest>.png", views.emblem, name="emblem"),
]
