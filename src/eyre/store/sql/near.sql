-- One step along keys: who has them, which are too common, and what is compared of the records that were not known, in
-- one round trip. Of a key no more is read than tells that it is too common. Header and body of records are aggregated in
-- the same order. The new records are given as one array, in order: the index is then gone through once.
with near as materialized (
    select wanted.key, found.record, count(*) over (partition by wanted.key)
            <= case when wanted.key < 0 then %(most_in_loose)s else %(most)s end as followed
    from unnest(%(keys)b::bigint[]) as wanted (key)
    cross join lateral (
        select record from eyre.record_key where key = wanted.key
        limit 1 + case when wanted.key < 0 then %(most_in_loose)s else %(most)s end
    ) as found
), fresh as materialized (
    select array_agg(record) as records
    from (
        select distinct n.record from near n
        where n.followed
            and not exists (select from unnest(%(known)b::bigint[]) as k (record) where k.record = n.record)
        order by n.record
    ) as new
), told as (
    select string_agg(int8send(record) || int4send(length(features)), ''::bytea) as head,
        string_agg(features, ''::bytea) as body
    from eyre.compared
    where record = any (array(select unnest(records) from fresh))
)
select
    (select string_agg(int8send(key) || int8send(record), ''::bytea) from near where followed),
    (select string_agg(int8send(key), ''::bytea) from (select distinct key from near where not followed) as common),
    told.head,
    told.body,
    exists (select from eyre.judgement where left_record = any (%(frontier)b) or right_record = any (%(frontier)b))
from told
