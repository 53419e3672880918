"""`eyre show`: the person of a record."""

from eyre.cli.options import AsJson
from eyre.cli.store_options import DEFAULT_PURPOSE, DataDir, Purpose, RecordId


def show(
    record: RecordId, purpose: Purpose = DEFAULT_PURPOSE, data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """Show the person that a record is of, field by field, with everybody who says it.

    Any record of a person leads to the same person. Where sources disagree, all of them stand there.

    Examples:

      eyre show r2eb9ahw5q1jst
      eyre show r2eb9ahw5q1jst --purpose public_inquiry
    """
    from eyre.cli.asking import asking, record_number
    from eyre.service.show_person import show_person

    number = record_number(record)
    with asking(data_dir, purpose) as asked:
        profile = show_person(asked.session, asked.model, number, asked.store)
    if as_json:
        from eyre.cli.as_data import print_data

        print_data(profile)
        return
    from eyre.cli.consoles import answers
    from eyre.cli.show_person import show_person as show_on

    show_on(answers(), profile)
