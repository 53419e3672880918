insert into eyre.look
    (source, first_at, instants, content_hash, rows, declared_total, ended_early, unsound, repeats, gone, complete, reason,
    last_record, cut)
values (
    %(source)s, %(at)s, array[%(at)s::timestamptz], %(content_hash)s, %(rows)s, %(declared_total)s, %(ended_early)s, %(unsound)s,
    %(repeats)s, %(gone)s, %(complete)s, %(reason)s, %(last)s, %(cut)s
)
on conflict (source, first_at) do update set
    content_hash = excluded.content_hash, rows = excluded.rows, declared_total = excluded.declared_total, ended_early = excluded.ended_early,
    unsound = excluded.unsound, repeats = excluded.repeats, gone = excluded.gone, last_record = excluded.last_record, cut = excluded.cut, complete = excluded.complete, reason = excluded.reason
