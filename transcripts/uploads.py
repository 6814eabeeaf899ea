"""The guard at the door: a file over the limit is not kept, not in memory and not on disk, and its name is noted."""

from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

FILES = "X-Files"  # the header in which the page says how many files it sends
_MOST = 4  # files in one request of the page: a document, and what is read along with it
_BESIDE = 1024 * 1024  # bytes of a request that are no file


class LimitUpload(FileUploadHandler):
    """Stands before the handlers that store; lets a file pass up to MAX_UPLOAD_MB megabytes and drops a larger one."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803 (Django's name)
        content_length: int,
        *args: Any,
        **kwargs: Any,
    ) -> tuple[QueryDict, MultiValueDict] | None:
        """Leave a request unread that says it is larger than its files may be together."""
        said = self.request.headers.get(FILES, "") if self.request is not None else ""
        if not said.isdecimal():
            return None
        room = min(int(said[:3]), _MOST) * settings.MAX_UPLOAD_MB * 1024 * 1024 + _BESIDE
        if content_length <= room:
            return None
        too_large(self.request).append("")
        return QueryDict(mutable=True), MultiValueDict()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.room = settings.MAX_UPLOAD_MB * 1024 * 1024

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.room -= len(raw_data)
        if self.room < 0:
            too_large(self.request).append(self.file_name or "")
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None


def too_large(request: HttpRequest | None) -> list[str]:
    """Return the names of the files of a request that were dropped for their size, "" for all; a list to add to."""
    return request.__dict__.setdefault("dropped_uploads", []) if request is not None else []
