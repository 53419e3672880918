-- Which records are visible, with what is compared of them. Header and body are aggregated in the same order; where and
-- when they were seen is told beside, in any order.
select
    string_agg(int8send(record) || int4send(length(features)), ''::bytea),
    string_agg(features, ''::bytea),
    (select string_agg(line, ''::bytea) from eyre.sighted where record = any (%(records)b))
from eyre.compared
where record = any (%(records)b)
