-- Which records are visible, with what is compared of them. Header and body are aggregated in the same order.
select
    string_agg(int8send(record) || int4send(length(features)), ''::bytea),
    string_agg(features, ''::bytea)
from eyre.compared
where record = any (%(records)b)
