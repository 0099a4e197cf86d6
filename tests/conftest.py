"""Shared by all tests: golden files, and the small policy set that examples are laid over."""

import shutil
from contextlib import suppress
from pathlib import Path

import pytest

with suppress(ImportError):  # not on every system
    import resource

    # A test that grows without end fails with its name, and does not take the machine with it.
    MOST_MEMORY = 8 * 1024**3
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > MOST_MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, hard))

TESTS = Path(__file__).parent
ROOT = TESTS.parent
BASE = TESTS / "golden" / "base"


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what comes out into the golden files, to be reviewed like code",
    )


@pytest.fixture
def golden(request):
    """Compare a text with a golden file, or write it under --update-golden."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path} is missing: run pytest --update-golden and review it"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def overlay(tmp_path):
    """Lay files over the base set in a folder of their own; an empty text takes a file away."""

    def lay(files: dict[str, str]) -> Path:
        folder = tmp_path / "policies"
        if folder.exists():
            shutil.rmtree(folder)
        shutil.copytree(BASE, folder)
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not text:
                path.unlink(missing_ok=True)
                continue
            path.write_bytes(text.encode("utf-8", errors="surrogateescape"))
        return folder

    return lay
