import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.errors import Invalid
from indicators.model.stamp import Stamp, stamp_code, stamp_of

ADDRESS = "/compare?chart=ranking&i=contract_value&r=provinces&y=2024&m=value&rev=3&lang=zh"
CODE = stamp_code(ADDRESS)


def test_the_code_is_made_of_the_address_alone():
    assert stamp_code(ADDRESS) == CODE
    assert stamp_code(ADDRESS + "&top=5") != CODE
    assert len(CODE) == 8
    assert not set(CODE) & set("ILOU")


def test_a_second_attempt_gives_another_code():
    assert stamp_code(ADDRESS, 1) != CODE


@pytest.mark.parametrize(
    "typed",
    [
        f"r12-{CODE[:4]}-{CODE[4:]}",
        f" R12 {CODE.lower()} ",
        f"r12—{CODE[:4]} {CODE[4:]}",
        f"r12-{CODE}".replace("0", "O").replace("1", "l"),
        f"r12-{CODE}".translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),  # full-width
    ],
)
def test_a_stamp_is_read_however_it_is_typed(typed):
    assert stamp_of(typed) == Stamp(12, CODE)


def test_a_stamp_as_it_is_printed_is_read():
    assert stamp_of(str(Stamp(3, CODE))) == Stamp(3, CODE)


@pytest.mark.parametrize("typed", ["", "r3", "图号", "7KQF-9M2X", "r3-7KQF", "r-7KQF-9M2X", "r3-7KQF-9M2U"])
def test_what_is_no_stamp_is_said_to_be_none(typed):
    with pytest.raises(Invalid) as refused:
        stamp_of(typed)
    assert refused.value.code == "stamp.unreadable"


@given(place=st.integers(0, 7), letter=st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_letter_is_noticed(place, letter):
    wrong = CODE[:place] + letter + CODE[place + 1 :]
    if wrong == CODE:
        return
    with pytest.raises(Invalid) as refused:
        stamp_of(f"r3-{wrong}")
    assert refused.value.code == "stamp.mistyped"
