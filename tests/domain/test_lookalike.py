"""A name that only looks like another is told."""

import pytest

from app.domain.lookalike import doubt, shown


@pytest.mark.parametrize(
    ("name", "said", "why"),
    [
        ("Jane Smith", "Jane Smith", ""),
        ("Žofie Příliš-Østergård", "Žofie Příliš-Østergård", ""),
        ("Зоя Космодемьянская", "Зоя Космодемьянская", ""),
        ("Νίκος Παπαδόπουλος", "Νίκος Παπαδόπουλος", ""),
        ("山田 太郎 Taro", "山田 太郎 Taro", ""),
        ("علی\u200cرضا", "علی\u200cرضا", ""),
        ("J\u0430ne Smith", "J\u0430ne Smith", "name_mixed"),
        ("\u0420\u043e\u0440\u0435 Smith", "\u0420\u043e\u0440\u0435 Smith", "name_mixed"),
        ("\U0001d409ane", "\U0001d409ane", "name_mixed"),
        ("Jane\u202e htimS", "Jane htimS", "name_hidden"),
        ("Jane\u200b Smith", "Jane Smith", "name_hidden"),
        ("Jane\u200dSmith", "Jane Smith", "name_hidden"),
        ("Jane\nSmith", "Jane Smith", "name_hidden"),
    ],
)
def test_fault_86_a_name_that_may_be_another_is_told(name: str, said: str, why: str) -> None:
    assert (shown(name), doubt(name)) == (said, why)
