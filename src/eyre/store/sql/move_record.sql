update eyre.record r set class = new.id
from eyre.terms_class old, eyre.terms_class new
where r.source = %(source)s and old.id = r.class
    and new.terms_ref = %(terms)s and new.record_class = old.record_class and new.id <> old.id
