select distinct old.record_class
from eyre.record r
join eyre.record_version v on v.record = r.id
join eyre.terms_class old on old.id = v.class
left join eyre.terms_class new on new.terms_ref = %(terms)s and new.record_class = old.record_class
where r.source = %(source)s and new.id is null
