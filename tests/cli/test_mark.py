"""Saved signatures from the command line."""

import json
from pathlib import Path

from tests.support.commands import asked, refused
from tests.support.leases import write_spec


def test_a_saved_signature_signs_for_its_own_person_only(tmp_path: Path) -> None:
    library = tmp_path / "library"
    (row,) = asked(
        library, "mark", "new", "usual", "--person", "Buyer Smith", "--signature", "typed:Buyer Smith"
    )
    assert (row["name"], row["person"], row["used"]) == ("usual", "Buyer Smith", [])
    made = asked(library, "new", write_spec(tmp_path, "buyer", "seller"))["id"]
    asked(library, "send", made)
    (tmp_path / "v.json").write_text(json.dumps({"buyer_text": "x"}))
    words = ("sign", made, "--as", "buyer", "--consent", "--values", "v.json", "--signature")
    assert asked(library, *words, "saved:usual")["status"] == "completed"
    error = refused(library, 3, "sign", made, "--as", "seller", "--consent", "--signature", "saved:usual")
    assert error["kind"] == "MarkNotTheirs"
    (row,) = asked(library, "mark", "list", "--person", "Buyer Smith")
    assert [use["envelope"] for use in row["used"]] == [made]
    assert asked(library, "mark", "list", "--person", "Seller Smith") == []
    (row,) = asked(library, "mark", "rename", "usual", "--to", "for leases")
    assert (row["name"], len(row["used"])) == ("for leases", 1)
    assert asked(library, "mark", "remove", "for leases") == []
