-- Who has these keys, and whether anybody was judged. Of a key no more is read than tells that it is too common. `offset 0`
-- keeps the planner from looking keys up in any other way than one by one.
select
    (
        select string_agg(int8send(wanted.key) || int8send(found.record), ''::bytea)
        from (
            select key, 1 + case when key < 0 then %(most_in_loose)s else %(most)s end as enough
            from unnest(%(keys)b::bigint[]) as key
            offset 0
        ) as wanted
        cross join lateral (select record from eyre.record_key where key = wanted.key limit wanted.enough) as found
    ),
    exists (select from eyre.judgement where left_record = any (%(frontier)b) or right_record = any (%(frontier)b))
