select s.id
from eyre.source s join unnest(%(ids)s::text[], %(terms)s::text[]) as n (id, terms_ref) using (id)
where s.terms_ref <> n.terms_ref
order by s.id
for update of s
