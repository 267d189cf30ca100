"""Parts of a text message, at every boundary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.segments import Encoding, segments, to_gsm

GSM, UCS2 = Encoding.GSM, Encoding.UCS2

CASES = [
    ("", GSM, 1, 0, "nothing"),
    ("a" * 160, GSM, 1, 160, "a full single"),
    ("a" * 161, GSM, 2, 161, "one more"),
    ("a" * 306, GSM, 2, 306, "two full parts"),
    ("a" * 307, GSM, 3, 307, "one more"),
    ("€" * 80, GSM, 1, 160, "escaped characters count twice"),
    ("a" + "€" * 80, GSM, 2, 161, "one more"),
    ("a" * 152 + "€" + "a" * 152, GSM, 3, 306, "an escape is not cut: a septet of the first part stays empty"),
    ("a" * 151 + "€" + "a" * 153, GSM, 2, 306, "an escape that just fits"),
    ("^{}\\[]~|€\f", GSM, 1, 20, "all that is escaped"),
    ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà", GSM, 1, 44, "the alphabet's odd letters"),
    ("ç", UCS2, 1, 1, "a small c with cedilla is not in it"),
    ("`", UCS2, 1, 1, "nor is a backtick"),
    ("\t", UCS2, 1, 1, "nor is a tab"),
    ("ж" * 70, UCS2, 1, 70, "a full single"),
    ("ж" * 71, UCS2, 2, 71, "one more"),
    ("ж" * 134, UCS2, 2, 134, "two full parts"),
    ("ж" * 135, UCS2, 3, 135, "one more"),
    ("😀" * 35, UCS2, 1, 70, "pairs count twice"),
    ("ж" * 66 + "😀" + "ж" * 66, UCS2, 3, 134, "a pair is not cut: a unit of the first part stays empty"),
    ("ж" * 65 + "😀" + "ж" * 67, UCS2, 2, 134, "a pair that just fits"),
    ("a" * 159 + "’", UCS2, 3, 160, "one curly quote triples the price"),
]


@pytest.mark.parametrize(("text", "encoding", "count", "units"), [c[:4] for c in CASES], ids=[c[4] for c in CASES])
def test_segments(text: str, encoding: Encoding, count: int, units: int) -> None:
    found = segments(text)
    assert (found.encoding, found.segments, found.units) == (encoding, count, units)


def test_the_alphabet_has_127_plain_characters_and_10_escaped_ones() -> None:
    units = [found.units for code in range(0xD800) if (found := segments(chr(code))).encoding is GSM]
    assert (units.count(1), units.count(2)) == (127, 10)


PLAIN = [
    ("“Mail” isn’t back – yet…", '"Mail" isn\'t back - yet...', "what phones and editors make"),
    ("5\u00a0min\u202f!", "5 min !", "non-breaking spaces"),
    ("„so“ ‚so‘ «so» ‹so›", '"so" \'so\' "so" <so>', "quotes of other languages"),
    ("a\u200bb\u00adc\ufeff", "abc", "what shows nothing"),
    ("• a → b", "- a -> b", "bullets and arrows"),
    ("naïve façade", "naïve façade", "letters stay, though they cost"),
    ("Ωж“", 'Ωж"', "even beside letters of another alphabet"),
    ("👩\u200d💻", "👩\u200d💻", "what joins an emoji stays"),
    ("plain", "plain", "nothing to do"),
]


@pytest.mark.parametrize(("text", "plain"), [c[:2] for c in PLAIN], ids=[c[2] for c in PLAIN])
def test_typographic_characters_become_plain(text: str, plain: str) -> None:
    assert to_gsm(text) == plain


@given(st.text(max_size=400))
def test_plain_is_plain_and_loses_no_letter(text: str) -> None:
    plain = to_gsm(text)
    assert to_gsm(plain) == plain
    assert [c for c in plain if c.isalpha() and c not in "x\u02bc"] == [
        c for c in text if c.isalpha() and c not in "x\u02bc"
    ]


@given(st.text(max_size=400))
def test_parts_are_as_many_as_packing_makes_them(text: str) -> None:
    found = segments(text)
    encoded = text.encode("utf-16-be", "surrogatepass")
    if found.encoding is Encoding.UCS2:
        assert found.units == len(encoded) // 2
    room = {GSM: (160, 153), UCS2: (70, 67)}[found.encoding]
    assert (found.segments == 1) is (found.units <= room[0])
    if found.segments > 1:
        assert -(-found.units // room[1]) <= found.segments <= -(-found.units // (room[1] - 1))
