insert into eyre.terms_class
select (select coalesce(max(id), 0) from eyre.terms_class) + row_number() over (order by n.place), n.terms_ref, n.record_class
from unnest(%(terms)s::text[], %(classes)s::text[]) with ordinality as n (terms_ref, record_class, place)
where not exists (
    select from eyre.terms_class c where (c.terms_ref, c.record_class) = (n.terms_ref, n.record_class)
)
