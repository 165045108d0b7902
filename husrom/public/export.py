"""Writes the whole public site as plain files: the same bytes as the live site, twice the same bytes.

A list of what was written lies in the folder, so that the next export can take away what is
gone (a withdrawn edition above all) without touching anything that it did not write itself.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from husrom.public.site import Address, Site
from husrom.public.store import Shown

LIST = ".husrom-export"
FIRST_LINE = "# Written by husrom export_site. The next export removes the files listed here that are gone."


class RefusedError(Exception):
    """The folder is not one that an export may write to."""


def export(site: Site, folder: Path, *, force: bool, told: Callable[[Address], None] = lambda _address: None) -> int:
    """Write every address of the plan under a folder and return how many there are.

    Raises:
        RefusedError: the folder holds what no export wrote, or a way leads out of it.
    """
    earlier = _earlier(folder, force=force)
    folder.mkdir(parents=True, exist_ok=True)
    root = folder.resolve()
    shown = Shown("export", site)
    for path in sorted(site.addresses):
        _write(root, path, _bytes(shown, path))
        told(site.addresses[path])
    for path in sorted(earlier - site.addresses.keys()):
        _remove(root, path)
    _write(root, LIST, "\n".join([FIRST_LINE, *sorted(site.addresses), ""]).encode())
    return len(site.addresses)


def _bytes(shown: Shown, path: str) -> bytes:
    page = shown.at(path)
    if page is None:
        raise RefusedError(f"{path} is not in the plan")
    return page.body


def _earlier(folder: Path, *, force: bool) -> set[str]:
    """What an earlier export wrote here.

    Raises:
        RefusedError: the folder is a file, or is not empty and was not written by an export.
    """
    if folder.exists() and not folder.is_dir():
        raise RefusedError(f"{folder} is not a folder.")
    if not folder.exists() or not any(folder.iterdir()):
        return set()
    listed = folder / LIST
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    if lines[:1] == [FIRST_LINE]:
        return set(lines[1:])
    if not force:
        raise RefusedError(
            f"{folder} is not empty and was not written by export_site. Choose an empty folder, "
            "or say --force to write into this one; files that are there already may be overwritten."
        )
    return set()


def _inside(root: Path, path: str) -> Path:
    """The place of an address under the folder.

    Raises:
        RefusedError: a symbolic link, or the address itself, leads out of the folder.
    """
    target = root / path
    if not target.parent.resolve().is_relative_to(root) or target.is_symlink() or ".." in Path(path).parts:
        raise RefusedError(f"{path} leads out of {root}: is there a symbolic link in it?")
    return target


def _write(root: Path, path: str, body: bytes) -> None:
    """Write a file at once or not at all; leave one alone that already has these bytes."""
    target = _inside(root, path)
    if target.is_file() and target.read_bytes() == body:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    _inside(root, path)
    half = target.with_name(f"{target.name}.half")
    half.write_bytes(body)
    half.replace(target)


def _remove(root: Path, path: str) -> None:
    """Take away a file that an earlier export wrote, and the folders that it leaves empty."""
    target = _inside(root, path)
    target.unlink(missing_ok=True)
    for parent in target.parents:
        if parent == root or not parent.is_dir() or any(parent.iterdir()):
            break
        parent.rmdir()
