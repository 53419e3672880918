update eyre.event t set class = new.id
from eyre.terms_class old, eyre.terms_class new
where t.source = %(source)s and old.id = t.class
    and new.terms_ref = %(terms)s and new.record_class = old.record_class and new.id <> old.id
