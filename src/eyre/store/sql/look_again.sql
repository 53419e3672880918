-- The latest stretch goes on, where it ends at `again` and is judged alike.
update eyre.look set instants = instants || %(at)s::timestamptz
where source = %(source)s
    and first_at = (select first_at from eyre.look where source = %(source)s order by first_at desc limit 1)
    and instants[cardinality(instants)] = %(again)s::timestamptz
    and cardinality(instants) < %(most)s
    and (complete, reason) = (%(complete)s, %(reason)s)
