"""Streams of bytes: a beginning that was read already, and what is compressed."""

import gzip
import io
from typing import BinaryIO, cast

_MAGIC = b"\x1f\x8b"
_PIECE = 64 * 1024


def read_some(stream: BinaryIO, most: int) -> bytes:
    """Return what is there of *stream*, at least one byte but at its end, without filling up."""
    return cast("bytes", getattr(stream, "read1", stream.read)(most))


class _Rejoined(io.RawIOBase):
    """A stream whose *head* was read already, as if it had not been."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        """Tell that one can read here."""
        return True

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]  # Buffer is 3.12's
        """Fill *into* with what is there, without waiting for more."""
        if self._head:
            piece = self._head[: len(into)]
            self._head = self._head[len(piece) :]
        else:
            piece = memoryview(read_some(self._rest, len(into)))
        into[: len(piece)] = piece
        return len(piece)


def rejoined(head: bytes, rest: BinaryIO) -> BinaryIO:
    """Return *rest* with *head* before it."""
    return cast("BinaryIO", io.BufferedReader(_Rejoined(head, rest), _PIECE))


def plain(stream: BinaryIO) -> BinaryIO:
    """Return *stream*, unpacked where its first bytes say that it is compressed by gzip."""
    head = b""
    while len(head) < len(_MAGIC) and (more := stream.read(len(_MAGIC) - len(head))):
        head += more
    whole = rejoined(head, stream)
    if head != _MAGIC:
        return whole
    return rejoined(b"", cast("BinaryIO", gzip.GzipFile(fileobj=whole, mode="rb")))
