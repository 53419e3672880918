"""`eyre find`: the persons that a name, a date or a number may mean."""

from typing import TYPE_CHECKING, Annotated

import typer

from eyre.cli.options import AsJson
from eyre.cli.store_options import DEFAULT_PURPOSE, DataDir, Purpose

if TYPE_CHECKING:
    from eyre.service.find_person import Found

Name = Annotated[str, typer.Argument(help='"given surname" or "surname, given".', show_default=False)]
Text = Annotated[str, typer.Option(show_default=False)]
BirthDate = Annotated[str, typer.Option("--birth-date", metavar="DATE", help="YYYY-MM-DD, MM/DD/YYYY or YYYY.")]
Age = Annotated[int | None, typer.Option("--age", min=0, max=130, help="In years, today.")]
Ids = Annotated[
    list[str] | None, typer.Option("--id", metavar="TYPE[:ISSUER]=VALUE", help="sid:OZ=OZ00501221, say. Repeat.")
]
Limit = Annotated[int, typer.Option("--limit", min=1, max=100, help="How many persons at most.")]


def find(  # noqa: PLR0913, PLR0917 - one parameter an option
    name: Name = "",
    given: Text = "",
    middle: Text = "",
    surname: Text = "",
    birth_date: BirthDate = "",
    age: Age = None,
    sex: Text = "",
    ssn: Text = "",
    ids: Ids = None,
    address: Text = "",
    phone: Text = "",
    email: Text = "",
    limit: Limit = 10,
    purpose: Purpose = DEFAULT_PURPOSE,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Find the persons who may be meant, the best match first.

    The question is a record like any other: it is compared and weighed in the same way, with a lower bar. A question
    names one person; nobody can be listed by class.

    Examples:

      eyre find "Matthew Yellowhorse"
      eyre find "Yellowhorse, Matthew" --birth-date 1986-07-24
      eyre find --id sid:OZ=OZ00501221 --purpose defence_and_reentry
    """
    from eyre.bootstrap.clock import now
    from eyre.cli.asking import asking
    from eyre.service.ask_about import Description, person_asked
    from eyre.service.find_person import find_person

    numbers = [f"ssn={ssn}"] * bool(ssn) + (ids or [])
    description = Description(
        name=name,
        given=given,
        middle=middle,
        surname=surname,
        birth_date=birth_date,
        age=age,
        as_of=now().date(),
        sex=sex,
        ids=tuple(numbers),
        address=address,
        phone=phone,
        email=email,
    )
    query = person_asked(description)
    with asking(data_dir, purpose) as asked:
        found = find_person(asked.session, asked.model, query, limit=limit)
    _show(found, as_json=as_json)


def _show(found: "Found", *, as_json: bool) -> None:
    if as_json:
        from eyre.cli.as_data import print_data

        print_data(found)
        return
    from eyre.cli.consoles import answers
    from eyre.cli.show_found import show_found

    show_found(answers(), found)
