"""What the description of the API (OpenAPI) says of every list of the feed."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

from commitments.api.formats import FORMATS, Format
from commitments.api.problems import CONTENT_TYPE
from commitments.api.serializers import ProblemSerializer

JSON = ["application/json"]
TOLD = {
    "application/jsonl": "the whole list, one object of `results` a line",
    "text/csv": "the whole list as UTF-8, a head and a row each; a cell that a spreadsheet would compute begins with '",
}
# What every address may answer, whatever is asked.
ALWAYS = {
    "400": "A parameter or a field makes no sense; `errors` says which.",
    "401": "The key is none, or no longer one; or none was sent where one is needed.",
    "404": "Nothing is here, or nothing that this key sees.",
    "406": "There is no such format.",
    "429": "Asked too often; `Retry-After` says after how many seconds to come again.",
}


class FeedSchema(AutoSchema):
    """A list is offered in every format; a refusal is a problem in each; what a client has is answered by 304."""

    def _get_format_parameters(self) -> list[dict[str, Any]]:
        found = super()._get_format_parameters()
        for one in found:
            one["description"] = "the form of the answer; goes before the header Accept"
        if found:
            found.append(
                {
                    "name": "excel",
                    "in": "query",
                    "description": "a CSV with semicolons and a byte-order mark, as a spreadsheet of Flanders reads it",
                    "schema": {"type": "boolean", "default": False},
                }
            )
        return found

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        found = super()._get_response_bodies(direction=direction)
        for status, told in ALWAYS.items():
            found.setdefault(status, self._get_response_for_code(ProblemSerializer, status) | {"description": told})
        if self.method == "GET" and "200" in found:
            found["304"] = {"description": "Nothing changed since the answer with this ETag (If-None-Match)."}
        return found

    def _get_response_for_code(
        self, serializer: Any, status_code: str, media_types: Any = None, direction: Any = "response"
    ) -> dict[str, Any]:
        media_types = media_types or (JSON if status_code < "400" else [CONTENT_TYPE])
        found = super()._get_response_for_code(serializer, status_code, media_types, direction)
        if status_code == "200" and getattr(self.view, "action", "") == "list" and self.view.get_renderers()[1:]:
            for one in FORMATS:
                if issubclass(one, Format):
                    told = TOLD.get(one.media_type, "the whole list as a workbook with one sheet")
                    found["content"][one.media_type] = {"schema": {"type": "string", "description": told}}
        return found
