"""Invented people of an invented state: households, twins, fathers and sons of one name. Nobody is real.

Social security numbers begin with 9 (never issued), phones are of the fictional 555-01xx, mail is at example.org.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

MEN = (
    "James Robert John Michael David William Richard Joseph Thomas Charles Daniel Matthew Anthony Mark "
    "Steven Andrew Joshua Kevin Brian Timothy Jason Ryan Jacob Gary Eric Stephen Larry Justin Brandon "
    "Samuel Gregory Jose Luis Carlos Juan Miguel Tyrone Darnell Marcus Terrence Dakota Travis Cody Wesley "
    "Clayton Nathaniel Ezekiel Rafael Hector"
).split()
WOMEN = (
    "Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Karen Sarah Nancy Ashley Kimberly Emily "
    "Donna Michelle Amanda Melissa Deborah Stephanie Rebecca Laura Amber Nicole Christina Kayla Brittany "
    "Tiffany Crystal Maria Guadalupe Rosa Carmen Latoya Keisha Shanice Dakota Savannah Josephine "
    "Katherine Margaret Theodora Winifred Odessa"
).split()
SURNAMES = (
    "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Wilson "
    "Anderson Thomas Taylor Moore Jackson Martin Lee Thompson White Harris Clark Lewis Walker Hall Young "
    "Allen King Wright Hill Scott Green Baker Adams Nelson Carter Mitchell Roberts Tallowby Quillfeather "
    "Marrowick Oakenshaw Thistlewood Brindlecomb Fennimore Harrowgate Pumphrey Wintersmith Larkhollow "
    "Dunmarrow Copperthwaite Muñoz Peña Núñez O'Dell McQuarrie St. Claire De La Cruz Van Houten Ruiz-Ortega "
    " Okonkwo-Bell Nguyen Tran Kowalczyk Vandersloot Yellowhorse"
)
NICKNAMES = {
    "William": "Bill",
    "Robert": "Bob",
    "James": "Jim",
    "Michael": "Mike",
    "Richard": "Rick",
    "Joseph": "Joe",
    "Thomas": "Tom",
    "Daniel": "Dan",
    "Elizabeth": "Liz",
    "Jennifer": "Jen",
    "Patricia": "Pat",
    "Katherine": "Kate",
    "Margaret": "Peggy",
    "Deborah": "Debbie",
    "Rebecca": "Becky",
    "Nathaniel": "Nate",
    "Samuel": "Sam",
    "Guadalupe": "Lupe",
    "Theodora": "Thea",
    "Timothy": "Tim",
    "Steven": "Steve",
}
STREETS = (
    "Hickory St",
    "Ferry Landing Rd",
    "N Lantern Ave",
    "Old Quarry Rd",
    "S Weaver St",
    "Mulberry Ln",
    "Tannery Row",
    "County Road 417",
    "W Bellows Blvd",
    "Persimmon Ct",
    "Millrace Dr",
    "State Highway 9",
)
CITIES = (
    ("Wrenfield", "00411"),
    ("Cinder Falls", "00427"),
    ("Larkspur", "00433"),
    ("Port Wren", "00402"),
    ("Juniper", "00450"),
)
AREA_CODES = ("417", "573", "660", "816")
_COMPOUND = {"St.": "St. Claire", "De": "De La Cruz", "Van": "Van Houten"}


@dataclass(frozen=True)
class Home:
    """A place to live."""

    number: str
    street: str
    unit: str
    city: str
    postal_code: str


@dataclass
class Human:
    """An invented person, as they are."""

    number: int
    given: str
    middle: str
    surname: str
    sex: str
    born: date
    home: Home
    suffix: str = ""
    aliases: list[tuple[str, str]] = field(default_factory=list)

    @property
    def ssn(self) -> str:
        return f"9{self.number % 90 + 10:02d}-{self.number % 49 + 1:02d}-{7000 + self.number:04d}"

    @property
    def sid(self) -> str:
        return f"OZ{500_000 + self.number * 37:08d}"

    @property
    def doc(self) -> str:
        return f"{100_000 + self.number * 13:07d}"

    @property
    def licence(self) -> str:
        return f"{self.surname[0].upper()}{200_000_000 + self.number * 1009}"

    @property
    def phone(self) -> str:
        return f"({AREA_CODES[self.number % 4]}) 555-{100 + self.number // 4 % 100:04d}"

    @property
    def email(self) -> str:
        letters = "".join(
            letter
            for letter in f"{self.given}.{self.surname}".lower()
            if (letter.isascii() and letter.isalpha()) or letter == "."
        )
        return f"{letters}{self.number}@example.org"


def surnames() -> list[str]:
    """Each surname once; those of two words whole."""
    words, found, skip = SURNAMES.split(), [], 0
    for word in words:
        if skip:
            skip -= 1
            continue
        whole = _COMPOUND.get(word, word)
        skip = whole.count(" ")
        found.append(whole)
    return found


def new_home(draw: random.Random) -> Home:
    city, postal_code = draw.choice(CITIES)
    unit = f"Apt {draw.randint(1, 24)}" if draw.random() < 0.25 else ""
    return Home(str(draw.randint(100, 9899)), draw.choice(STREETS), unit, city, postal_code)


def populate(draw: random.Random, households: int) -> list[Human]:
    """Households of one to four people; every tenth has twins, every tenth a father and a son of one name."""
    names = surnames()
    people: list[Human] = []
    for number in range(households):
        home, surname = new_home(draw), draw.choice(names)
        kind = {3: "twins", 7: "junior"}.get(number % 10, "")
        born = date(1950, 1, 1) + timedelta(days=draw.randint(0, 16_000))
        for place in range(2 if kind else draw.choice((1, 1, 2, 3))):
            people.append(_human(draw, len(people), (surname, home), born=born, place=place))
        if kind == "twins":
            people[-1].born, people[-1].home = people[-2].born, home
        if kind == "junior":
            father, son = people[-2], people[-1]
            father.given = son.given = draw.choice(MEN)
            father.sex = son.sex = "M"
            father.suffix, son.suffix = "Sr", "Jr"
            son.middle = father.middle
            father.born = date(father.born.year - 24, father.born.month, min(father.born.day, 28))
    for person in people:
        _aliases(draw, person, names)
    return people


def _human(draw: random.Random, number: int, family: tuple[str, Home], *, born: date, place: int) -> Human:
    sex = "M" if draw.random() < 0.72 else "F"
    pool = MEN if sex == "M" else WOMEN
    own = born + timedelta(days=place * draw.randint(400, 1600))
    return Human(number, draw.choice(pool), draw.choice(pool), family[0], sex, own, family[1])


def _aliases(draw: random.Random, person: Human, names: list[str]) -> None:
    if draw.random() < 0.13:
        given = NICKNAMES.get(person.given, draw.choice(MEN if person.sex == "M" else WOMEN))
        surname = person.surname if draw.random() < 0.6 else draw.choice(names)
        person.aliases.append((given, surname))
