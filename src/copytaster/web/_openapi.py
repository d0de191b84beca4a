"""The API's own description: OpenAPI 3.1, from the table of its routes and the types it answers.

A route that is not in the table is not served, so that none can be missing here.
"""

from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from functools import cache

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from copytaster.press import Site

_REF = "#/components/schemas/{name}"
_WORDS: Mapping[int, str] = {
    200: "Here it is.",
    304: "As you have it: the ETag is the same.",
    400: "A parameter cannot be used; the error says which, and what to give.",
    404: "There is none, or it was never public.",
    410: "It was withdrawn, or its licence has ended: the notice in its place.",
    451: "It cannot be shown for legal reasons: the notice in its place.",
}


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One route: how it is answered, and what is told of it."""

    path: str
    summary: str
    answer: Callable[[Request], Awaitable[Response]]
    answers: Mapping[int, tuple[type, ...]]
    """status → what the body may be; nothing for an empty one"""
    parameters: Mapping[str, str] = {}
    """of the query → what each means"""


def document(told: Iterable[Told], site: Site) -> bytes:
    """The whole description."""
    routes = tuple(told)
    kinds = {kind for one in routes for answer in one.answers.values() for kind in answer}
    named = tuple(sorted(kinds, key=lambda kind: kind.__name__))
    whole = {
        "openapi": "3.1.0",
        "info": {
            "title": site.name,
            "version": "1",
            "description": (
                "Stories of news agencies as they are public now, word for word. A story that "
                "its agency withdraws is gone from here at once; /api/changes tells of it for "
                "good."
            ),
        },
        "servers": [{"url": site.url}],
        "paths": {one.path: {"get": _operation(one)} for one in routes},
        "components": {"schemas": _schemas(named)},
    }
    return msgspec.json.encode(whole)


@cache
def _schemas(kinds: tuple[type, ...]) -> Mapping[str, object]:
    _, schemas = msgspec.json.schema_components(kinds, ref_template=_REF)
    return schemas


def _operation(told: Told) -> dict[str, object]:
    in_path = [part[1:-1] for part in told.path.split("/") if part.startswith("{")]
    parameters = [
        *({"name": name, "in": "path", "required": True, "schema": _TEXT} for name in in_path),
        *(
            {"name": name, "in": "query", "description": words, "schema": _TEXT}
            for name, words in told.parameters.items()
        ),
    ]
    answers = {str(status): _response(status, kinds) for status, kinds in told.answers.items()}
    operation: dict[str, object] = {"summary": told.summary, "responses": answers}
    return operation | ({"parameters": parameters} if parameters else {})


_TEXT = {"type": "string"}


def _response(status: int, kinds: tuple[type, ...]) -> dict[str, object]:
    words: dict[str, object] = {"description": _WORDS[status]}
    schemas = [{"$ref": _REF.format(name=kind.__name__)} for kind in kinds]
    if not schemas:
        return words
    schema = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    return words | {"content": {"application/json": {"schema": schema}}}
