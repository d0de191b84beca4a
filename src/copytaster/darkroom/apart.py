"""Developing in a process of its own: whatever the bytes do to it, the desk goes on."""

import asyncio
import sys

import msgspec

from copytaster.darkroom._copies import USUAL
from copytaster.darkroom._copies import Late
from copytaster.darkroom._copies import Sizes
from copytaster.darkroom._copies import Unfit
from copytaster.darkroom._develop import Developed

SECONDS = 120.0
"""for one picture, start of the process included. What bounds it is its processor time; a machine
that is busy with words takes longer over that"""

_COMMAND = (sys.executable, "-I", "-m", "copytaster.darkroom.process")
_result: msgspec.msgpack.Decoder[Developed | str] = msgspec.msgpack.Decoder(Developed | str)


async def develop_apart(
    data: bytes, sizes: Sizes = USUAL, *, seconds: float = SECONDS
) -> Developed:
    """As :func:`develop`, in a limited process. Raises :class:`Unfit` for whatever it does,
    :class:`Late` when it takes too long."""
    process = await asyncio.create_subprocess_exec(
        *_COMMAND,
        msgspec.json.encode(sizes).decode(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
    )
    try:
        async with asyncio.timeout(seconds):
            told, _ = await process.communicate(data)
    except TimeoutError as error:
        raise Late(f"not decoded within {seconds:g} s") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return _opened(told, process.returncode)


def _opened(told: bytes, status: int | None) -> Developed:
    """What the process said; one that died said nothing, or not all."""
    try:
        result: Developed | str = _result.decode(told)
    except msgspec.DecodeError as error:
        raise Unfit(f"the decoder ended with status {status}") from error
    if isinstance(result, str):
        raise Unfit(result)
    return result
