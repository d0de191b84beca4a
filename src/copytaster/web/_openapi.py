"""APIs' own descriptions: OpenAPI 3.1, from tables of routes and the types they take and answer.

A route that is not in a table is not served, so that none can be missing here. The public API has
one, and the desk's another.
"""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from functools import cache
from typing import Any
from typing import Generic
from typing import TypeVar

import msgspec

from copytaster.web import _answer

_REF = "#/components/schemas/{name}"
_SCHEME = "token"
_TEXT: Mapping[str, object] = {"type": "string"}

A_co = TypeVar("A_co", covariant=True)


class Told(msgspec.Struct, Generic[A_co], frozen=True, kw_only=True):
    """One route: how it is answered, and what is told of it."""

    path: str
    summary: str
    answer: A_co
    """what answers it; behind a guard that is told who asks as well"""
    answers: Mapping[int, tuple[type, ...]]
    """status → what the body may be; nothing for an empty one"""
    parameters: Mapping[str, str] = {}
    """of the query → what each means"""
    method: str = "GET"
    needs: str | None = None
    """the role of whoever asks; None: everybody may"""
    places: Mapping[str, Any] = {}
    """names in the path → the type of what stands there; any words where none is given"""
    asked: type[msgspec.Struct] | None = None
    """the query as a type, where it is read by one"""
    body: type[msgspec.Struct] | None = None
    media_type: str = _answer.JSON
    """of the answer, when all is well"""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of an API as a whole."""

    title: str
    description: str
    url: str
    words: Mapping[int, str]
    """what each status means"""
    token: str | None = None
    """what a bearer token is, where one is needed"""


def document(told: Iterable[Told[Any]], about: About) -> bytes:
    """The whole description."""
    routes = tuple(told)
    kinds = {kind for one in routes for kind in _kinds(one)}
    named = tuple(sorted(kinds, key=lambda kind: kind.__name__))
    components: dict[str, object] = {"schemas": _schemas(named)}
    if about.token is not None:
        scheme = {"type": "http", "scheme": "bearer", "description": about.token}
        components["securitySchemes"] = {_SCHEME: scheme}
    paths: dict[str, dict[str, object]] = {}
    for one in routes:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, about)
    whole = {
        "openapi": "3.1.0",
        "info": {"title": about.title, "version": "1", "description": about.description},
        "servers": [{"url": about.url}],
        "paths": paths,
        "components": components,
    }
    return msgspec.json.encode(whole)


def _kinds(told: Told[Any]) -> Iterator[type]:
    for answer in told.answers.values():
        yield from answer
    if told.body is not None:
        yield told.body


@cache
def _schemas(kinds: tuple[type, ...]) -> Mapping[str, object]:
    _, schemas = msgspec.json.schema_components(kinds, ref_template=_REF)
    return schemas


def _operation(told: Told[Any], about: About) -> dict[str, object]:
    parameters = [*_in_path(told), *_in_query(told)]
    answers = {
        str(status): _response(told, status, kinds, about.words[status])
        for status, kinds in told.answers.items()
    }
    operation: dict[str, object] = {
        "operationId": _id(told),
        "summary": told.summary,
        "responses": answers,
    }
    if parameters:
        operation["parameters"] = parameters
    if told.body is not None:
        operation["requestBody"] = {"required": True, "content": _content((told.body,))}
    if told.needs is not None:
        operation["security"] = [{_SCHEME: [told.needs]}]
    return operation


def _id(told: Told[Any]) -> str:
    """What a generated client calls it: ``postDeskStoriesIdDecide``."""
    words = re.findall(r"[a-z]+", told.path.removeprefix("/api"))
    return told.method.lower() + "".join(word.capitalize() for word in words)


def _in_path(told: Told[Any]) -> Iterator[dict[str, object]]:
    for part in told.path.split("/"):
        if part.startswith("{"):
            schema = _schema_of(told.places[part[1:-1]]) if part[1:-1] in told.places else _TEXT
            yield {"name": part[1:-1], "in": "path", "required": True, "schema": schema}


def _in_query(told: Told[Any]) -> Iterator[dict[str, object]]:
    for name, words in told.parameters.items():
        yield {"name": name, "in": "query", "description": words, "schema": _TEXT}
    for field in () if told.asked is None else msgspec.structs.fields(told.asked):
        schema = dict(_given(_schema_of(field.type)))
        words = str(schema.pop("description", ""))
        one = {"name": field.encode_name, "in": "query", "description": words, "schema": schema}
        yield one | ({"required": True} if field.required else {})


def _given(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of what may be nothing: what it is when it is given. In a query nothing is not written."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    return kinds[0] if len(kinds) == 1 else schema


@cache
def _schema_of(kind: Any) -> Mapping[str, Any]:
    return msgspec.json.schema(kind)


def _response(
    told: Told[Any], status: int, kinds: tuple[type, ...], words: str
) -> dict[str, object]:
    said: dict[str, object] = {"description": words}
    if status == 200 and told.media_type != _answer.JSON:
        return said | {"content": {told.media_type: {"schema": _TEXT}}}
    return said | {"content": _content(kinds)} if kinds else said


def _content(kinds: tuple[type, ...]) -> dict[str, object]:
    schemas = [{"$ref": _REF.format(name=kind.__name__)} for kind in kinds]
    schema = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    return {_answer.JSON: {"schema": schema}}
