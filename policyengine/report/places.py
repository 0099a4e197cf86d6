"""Where something stands: its file as it is found from here."""

import posixpath
from pathlib import Path

from policyengine.source import Span


def shown_path(span: Span, root: str) -> str:
    """Return the file of *span* as it is found from here; *root* is the folder of the policy set.

    The files of a set that it extends are named by the way to them, which begins with `..`.
    """
    path = (Path(root) / span.file).as_posix()
    return posixpath.normpath(path) if span.file.startswith("../") else path
