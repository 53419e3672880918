-- Which records are visible, and their parts. Header and body of the parts are aggregated in the same order.
select
    (select string_agg(int8send(id), ''::bytea) from eyre.record where id = any (%(records)b)),
    string_agg(int8send(record) || int8send(grp) || int8send(length(features)), ''::bytea),
    string_agg(features, ''::bytea)
from eyre.record_part
where record = any (%(records)b) and grp & %(groups)s <> 0
