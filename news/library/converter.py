"""The part of a file's address that nobody can guess, as URL patterns name it: `<file_token:token>`."""

from django.urls import register_converter


class TokenConverter:
    """22 characters of base64: 128 random bits."""

    regex = "[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> str:
        """Return it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it is."""
        return value


register_converter(TokenConverter, "file_token")
