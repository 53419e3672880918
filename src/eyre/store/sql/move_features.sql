update eyre.record_features t set class = new.id
from eyre.record r, eyre.terms_class old, eyre.terms_class new
where r.source = %(source)s and t.record = r.id and old.id = t.class
    and new.terms_ref = %(terms)s and new.record_class = old.record_class and new.id <> old.id
