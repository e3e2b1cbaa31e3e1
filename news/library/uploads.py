"""How uploaded files arrive: in memory, up to a limit. What is beyond is counted and dropped, so that it can be told.

Neither a folder for temporary files nor its size matters, and nobody can fill a disk. A form is read before anybody
asks who sent it, so for somebody who is not signed in nothing is kept at all.
"""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from news.library import documents, pictures

MOST_BYTES = max(documents.MOST_BYTES, pictures.MOST_BYTES)


class KeepInMemory(FileUploadHandler):
    """Keeps files of up to MOST_BYTES in all, for staff; of what is beyond only the size is true."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._left: int | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with nothing."""
        super().new_file(*args, **kwargs)
        self._kept = BytesIO()
        if self._left is None:
            user = getattr(self.request, "user", None)
            self._left = MOST_BYTES if user is not None and user.is_active and user.is_staff else 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        """Keep what still fits."""
        kept = raw_data[: self._left or 0]
        self._kept.write(kept)
        self._left = (self._left or 0) - len(kept)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand the file over, with the size that was sent."""
        self._kept.seek(0)
        return InMemoryUploadedFile(
            file=self._kept,
            field_name=self.field_name,
            name=self.file_name or "file",
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
