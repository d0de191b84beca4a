"""A JSON body of a request, read within limits into the type that its API documents."""

from typing import TypeVar

import msgspec
from starlette.requests import Request

from copytaster.web import _answer
from copytaster.web._form import Refused
from copytaster.web._form import body

T = TypeVar("T")
_LONGEST = 300
"""characters of a complaint: it may repeat a name that was sent"""


async def read(request: Request, kind: type[T], *, limit: int, seconds: float) -> T:
    """What was sent. Raises :class:`Refused`: 415 for another type than JSON in UTF-8, 413 for
    more than ``limit`` bytes, 408 when it takes longer than ``seconds``, 400 for what is no JSON,
    422 for JSON that is not a ``kind``."""
    sent = await body(request, _answer.JSON, limit=limit, seconds=seconds)
    try:
        return msgspec.json.decode(sent, type=kind)
    except msgspec.ValidationError as error:
        raise Refused(422, f"the body is not as documented: {str(error)[:_LONGEST]}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(400, f"the body is no JSON: {str(error)[:_LONGEST]}") from error
