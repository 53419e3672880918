-- Which records are visible, and their parts. Header (group and length in one number) and body are aggregated in the same
-- order.
select
    (select string_agg(int8send(id), ''::bytea) from eyre.record where id = any (%(records)b)),
    string_agg(int8send(record) || int8send(grp::bigint << 32 | length(features)), ''::bytea),
    string_agg(features, ''::bytea)
from eyre.record_part
where record = any (%(records)b) and grp & %(groups)s <> 0
