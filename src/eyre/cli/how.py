"""`eyre how`: how the records of a person came together."""

from eyre.cli.options import AsJson
from eyre.cli.store_options import DEFAULT_PURPOSE, DataDir, Purpose, RecordId


def how(
    record: RecordId, purpose: Purpose = DEFAULT_PURPOSE, data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """Show how the records of a person came together, as a tree.

    The step at the top was made last. Its bits are the evidence between the records of both sides, average and best.

    Example:

      eyre how r2eb9ahw5q1jst
    """
    from eyre.cli.asking import asking, record_number
    from eyre.service.how_person import how_person

    number = record_number(record)
    with asking(data_dir, purpose) as asked:
        found = how_person(asked.session, asked.model, number)
    if as_json:
        from eyre.cli.as_data import print_data

        print_data(found)
        return
    from eyre.cli.consoles import answers
    from eyre.cli.show_how import show_how

    show_how(answers(), found)
