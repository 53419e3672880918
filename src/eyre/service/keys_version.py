"""The version of the keys and features that this model and this code make, told from what is made.

Keys of one version find nothing among keys of another, and features of another are not read rightly. A number that
somebody must remember to raise would be forgotten once; so the version is a digest of what is made of a few invented
persons who between them have every kind of key and of feature.
"""

from datetime import date
from functools import cache
from hashlib import blake2b

from eyre.model.person import Address, Birth, BirthBasis, Identifier, Person, PersonName
from eyre.resolve.model import Model
from eyre.service.make_keys import made_of_persons


def keys_version(model: Model) -> str:
    """`us-people@4/5f0c…`: what a store notes beside them."""
    digest = blake2b(digest_size=8)
    for made in made_of_persons(_panel(), model):
        for part in made:
            digest.update(len(part).to_bytes(4, "big") + part)
    return f"{model.label}/{digest.hexdigest()}"


@cache
def _panel() -> tuple[Person, ...]:
    names = (
        PersonName(given="John", middle="Q", surname="Smith", suffix="Jr"),
        PersonName(given="Bill", surname="Brindlecomb"),
        PersonName(given="María José", surname="de la Cruz-Núñez"),
        PersonName(full="O'MALLEY, KATHERINE ANN"),
        PersonName(given="Xq", surname="Vanderzwart"),
        PersonName(given="J", surname="Lee"),
        PersonName(surname="Okonkwo"),
    )
    day, first = date(1984, 2, 29), date(1970, 1, 1)
    births = (
        Birth(day, day, BirthBasis.DATE, "1984-02-29"),
        Birth(first, first, BirthBasis.DATE, "1970-01-01"),
        Birth(date(1985, 1, 1), date(1985, 12, 31), BirthBasis.YEAR, "1985"),
        Birth(date(1990, 3, 17), date(1991, 3, 16), BirthBasis.AGE, "35"),
    )
    addresses = (
        Address(house_number="12", street="N Main St", unit="4B", city="Springfield", state="OZ", postal_code="00427"),
        Address(full="8866 State Highway 9, Cinder Falls OZ 00427"),
    )
    numbers = (
        Identifier("ssn", "923-06-7103"),
        Identifier("sid", "OZ00503811", "OZ"),
        Identifier("subject", "J00103", "oz_bellwether_jail"),
    )
    crossed = [Person((name,), (birth,), ("F",)) for name in names for birth in births]
    placed = [Person((name,), (), ("M",), addresses=(address,)) for name in names for address in addresses]
    alone = [
        Person(identifiers=numbers),
        Person(phones=("(555) 010-4477",), emails=("nobody@example.org",)),
        Person(names=names, births=births, identifiers=numbers, addresses=addresses),
    ]
    return (*crossed, *placed, *alone)
