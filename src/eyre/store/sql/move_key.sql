update eyre.record_key t set class = new.id
from eyre.record r
join eyre.record_features p on p.record = r.id
cross join lateral eyre.keys_in(p.keys) as own (key)
join eyre.terms_class old on old.id = r.class
join eyre.terms_class new on new.record_class = old.record_class and new.id <> old.id
where r.source = %(source)s and new.terms_ref = %(terms)s and t.key = own.key and t.record = r.id
