"""The exported site: the same bytes as the live one, twice the same bytes, and never a file outside its folder."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from husrom.public.site import Site
from tests.public import sample

pytestmark = pytest.mark.django_db


def exported(folder: Path, *words: str) -> dict[str, bytes]:
    """Export, and return every file by its address."""
    call_command("export_site", str(folder), *words, stdout=StringIO())
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_exported_bytes_are_the_live_bytes_twice(published: Site, tmp_path: Path) -> None:
    call_command("render", quiet=True)

    first, second = exported(tmp_path / "one"), exported(tmp_path / "two")
    again = exported(tmp_path / "one")

    assert first == second == again
    assert first.keys() == {*published.addresses, ".husrom-export"}
    for path in published.addresses:
        assert Client().get(f"/{path}").content == first[path], path


def test_the_next_export_takes_away_what_was_withdrawn(published: Site, tmp_path: Path) -> None:
    exported(tmp_path)
    own = tmp_path / "mine.txt"
    own.write_text("not the export's")
    sample.withdraw(2)

    files = exported(tmp_path)

    assert own.exists()
    assert not [path for path in files if "/2/" in path and not path.endswith("/2/index.html")]
    assert not (tmp_path / "nb" / "2" / "figures").exists()
    assert b"Kari Nordmann" not in b"".join(files.values())


def test_a_folder_with_other_files_is_refused_unless_forced(published: Site, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("precious")

    with pytest.raises(CommandError, match="not empty and was not written by export_site"):
        exported(tmp_path)

    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]
    assert exported(tmp_path, "--force")["mine.txt"] == b"precious"


def test_a_symbolic_link_does_not_lead_the_export_out(published: Site, tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "site"
    outside.mkdir()
    folder.mkdir()
    (folder / "nb").symlink_to(outside)

    with pytest.raises(CommandError, match="symbolic link"):
        exported(folder, "--force")

    assert not list(outside.iterdir())


def test_a_list_that_names_files_outside_removes_nothing_there(published: Site, tmp_path: Path) -> None:
    precious, folder = tmp_path / "precious", tmp_path / "site"
    precious.write_text("x")
    exported(folder)
    listed = folder / ".husrom-export"
    listed.write_text(listed.read_text() + "../precious\n")

    with pytest.raises(CommandError, match="leads out"):
        exported(folder)

    assert precious.exists()


def test_a_file_is_no_folder(published: Site, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")

    with pytest.raises(CommandError, match="not a folder"):
        exported(file)
