"""Invented people, and the kin that are hard to tell from them."""

from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st

from eyre.model.person import Address

MEN = ("William", "Robert", "José", "Dmitri", "Lee", "Marquis")
WOMEN = ("Elizabeth", "Katherine", "María", "Xiomara", "Ann", "Jordan")
NICKNAMES = {
    "William": "Bill",
    "Robert": "Bob",
    "Elizabeth": "Liz",
    "Katherine": "Kate",
    "José": "Pepe",
    "Dmitri": "Dima",
}
SURNAMES = ("Smith", "Okonkwo-Reyes", "van der Berg", "O'Brien", "García", "Nguyen", "Zwickel")
MIDDLE_NAMES = ("", "", "Allen", "Marie", "J", "Lee")
STREETS = (("12", "Elm Street"), ("120", "N Main St"), ("4417", "Quarry Ridge Road"), ("9", "3rd Ave"))
TOWNS = (("Azure", "AZ", "85901"), ("Cinder City", "AZ", "85910"), ("Azure", "AZ", "85902"))
PHONES = ("(928) 555-0142", "9285550187", "+1 928 555 0123", "928-555-0164")
EMAILS = ("", "", "kin@azure.example", "someone.else@cinder.example")
BIRTHS = (date(1971, 2, 14), date(1983, 11, 5), date(1990, 1, 1), date(1996, 2, 29), date(2001, 7, 10))
SOCIALS = ("", "412-55-7810", "412557801", "603-11-9024", "537-90-1266")


@dataclass(frozen=True)
class Soul:
    """Somebody as they are, whatever records say. `former` is a surname borne before; empty text means none."""

    given: str
    middle: str
    surname: str
    former: str
    suffix: str
    birth: date
    sex: str
    social: str
    phone: str
    email: str
    homes: tuple[Address, ...]


@st.composite
def addresses(draw: st.DrawFn) -> Address:
    number, street = draw(st.sampled_from(STREETS))
    city, state, postal_code = draw(st.sampled_from(TOWNS))
    unit = draw(st.sampled_from(("", "", "4B")))
    return Address(house_number=number, street=street, unit=unit, city=city, state=state, postal_code=postal_code)


@st.composite
def heads(draw: st.DrawFn) -> Soul:
    """The one whose kin the others of a household are."""
    sex = draw(st.sampled_from("MF"))
    return Soul(
        given=draw(st.sampled_from(MEN if sex == "M" else WOMEN)),
        middle=draw(st.sampled_from(MIDDLE_NAMES)),
        surname=draw(st.sampled_from(SURNAMES)),
        former="",
        suffix=draw(st.sampled_from(("", "", "Sr"))),
        birth=draw(st.sampled_from(BIRTHS)),
        sex=sex,
        social=draw(st.sampled_from(SOCIALS)),
        phone=draw(st.sampled_from(PHONES)),
        email=draw(st.sampled_from(EMAILS)),
        homes=(draw(addresses()),),
    )


def _twin(draw: st.DrawFn, head: Soul) -> Soul:
    """Born the same day into the same house; the social security number was issued next."""
    given = draw(st.sampled_from(MEN if head.sex == "M" else WOMEN))
    return replace(head, given=given, middle="", suffix="", social=slipped(head.social))


def _child(draw: st.DrawFn, head: Soul) -> Soul:
    """Bears the name of a parent, a generation later."""
    born = head.birth.replace(year=head.birth.year + draw(st.sampled_from((17, 24, 28))), day=3)
    return replace(head, suffix="Jr", birth=born, social=draw(st.sampled_from(SOCIALS)), email="")


def _spouse(draw: st.DrawFn, head: Soul) -> Soul:
    """Took the other's surname, and had another before."""
    other = WOMEN if head.sex == "M" else MEN
    former = draw(st.sampled_from(SURNAMES))
    born = draw(st.sampled_from(BIRTHS))
    sex = "F" if head.sex == "M" else "M"
    given = draw(st.sampled_from(other))
    return replace(head, given=given, middle="", suffix="", former=former, sex=sex, birth=born, social="")


def _namesake(draw: st.DrawFn, head: Soul) -> Soul:
    """No kin: bears the same name in another house."""
    born, phone = draw(st.sampled_from(BIRTHS)), draw(st.sampled_from(PHONES))
    return replace(head, birth=born, phone=phone, social="", email="", homes=(draw(addresses()),))


_KIN = (_twin, _child, _spouse, _namesake)


@st.composite
def households(draw: st.DrawFn) -> list[Soul]:
    """Somebody, and one or two others whom records may take for them."""
    head = draw(heads())
    kinds = draw(st.lists(st.sampled_from(_KIN), min_size=1, max_size=2))
    return [head, *(kin(draw, head) for kin in kinds)]


def slipped(digits: str) -> str:
    """The same number with its last digit one off; nothing stays nothing."""
    return digits and digits[:-1] + str((int(digits[-1]) + 1) % 10)
