-- One step along keys: who has them, which are too common, and the parts of the records that were not known, in one
-- round trip. Header and body of the parts are aggregated in the same order.
with near as materialized (
    select key, record, count(*) over (partition by key) as many from eyre.record_key where key = any (%(keys)b)
), fresh as materialized (
    select distinct n.record from near n
    where n.many <= %(most)s and not exists (select from unnest(%(known)b::bigint[]) as k (record) where k.record = n.record)
), parts as (
    select string_agg(int8send(p.record) || int8send(p.grp) || int8send(length(p.features)), ''::bytea) as head,
        string_agg(p.features, ''::bytea) as body
    from fresh f
    cross join lateral (
        select record, grp, features from eyre.record_part where record = f.record and grp & %(groups)s <> 0 offset 0
    ) p
)
select
    (select string_agg(int8send(key) || int8send(record), ''::bytea) from near where many <= %(most)s),
    (select string_agg(int8send(key), ''::bytea) from (select distinct key from near where many > %(most)s) as common),
    (select string_agg(int8send(record), ''::bytea) from fresh),
    parts.head,
    parts.body,
    exists (select from eyre.judgement where left_record = any (%(frontier)b) or right_record = any (%(frontier)b))
from parts
