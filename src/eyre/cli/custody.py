"""`eyre custody`: where a person is and was held, and how that is known."""

from eyre.cli.options import AsJson
from eyre.cli.store_options import DEFAULT_PURPOSE, DataDir, Purpose, RecordId


def custody(
    record: RecordId, purpose: Purpose = DEFAULT_PURPOSE, data_dir: DataDir = None, as_json: AsJson = False
) -> None:
    """Show the custody of the person that a record is of, across sources.

    Each stay stands there once, with every source that tells of it. An end that nobody told is an interval, with what
    it was inferred from and how sure that is; a row that is gone has disappeared, which is not the same as a release.
    Every source's freshness is shown: what it last told whole is all that is known of it.

    Examples:

      eyre custody r2eb9ahw5q1jst
      eyre custody r2eb9ahw5q1jst --purpose victim_notification
    """
    from eyre.cli.asking import asking, record_number
    from eyre.service.custody_person import custody_person

    number = record_number(record)
    with asking(data_dir, purpose) as asked:
        told = custody_person(asked.session, asked.model, number, asked.store)
    if as_json:
        from eyre.cli.as_data import print_data

        print_data(told)
        return
    from eyre.cli.consoles import answers
    from eyre.cli.show_custody import show_custody

    show_custody(answers(), told)
