insert into eyre.roster as r (source, at, content_hash, made_with, records, digests, judging, unsettled, complete_records)
select %(source)s, %(at)s, %(content_hash)s, %(made_with)s, %(records)s, %(digests)s, %(judging)s, %(unsettled)s::bigint[],
    %(complete)s
where %(after)s::timestamptz is null or exists (select from eyre.roster where source = %(source)s)
on conflict (source) do update set
    at = excluded.at, content_hash = excluded.content_hash, made_with = excluded.made_with, records = excluded.records,
    digests = excluded.digests, judging = excluded.judging, unsettled = excluded.unsettled, complete_records = excluded.complete_records
where r.at = %(after)s::timestamptz
