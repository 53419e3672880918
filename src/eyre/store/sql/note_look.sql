insert into eyre.look
    (source, first_at, instants, rows, declared_total, ended_early, unsound, repeats, complete, reason)
values (
    %(source)s, %(at)s, array[%(at)s::timestamptz], %(rows)s, %(declared_total)s, %(ended_early)s, %(unsound)s,
    %(repeats)s, %(complete)s, %(reason)s
)
on conflict (source, first_at) do update set
    rows = excluded.rows, declared_total = excluded.declared_total, ended_early = excluded.ended_early,
    unsound = excluded.unsound, repeats = excluded.repeats, complete = excluded.complete, reason = excluded.reason
