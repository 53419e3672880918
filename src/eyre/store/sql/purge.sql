-- Every trace of one record, what was refused of it and what was judged about it included.
with versions as (
    delete from eyre.record_version where record = %(record)s returning delivery, place
), issues as (
    delete from eyre.issue i using versions v where i.delivery = v.delivery and i.place = v.place
), refused as (
    delete from eyre.quarantined where record = %(record)s
), judged as (
    delete from eyre.judgement where left_record = %(record)s or right_record = %(record)s
), said as (
    delete from eyre.record_said where record = %(record)s
), features as (
    delete from eyre.record_features where record = %(record)s returning record, keys
), runs as (
    delete from eyre.run where record = %(record)s
), events as (
    delete from eyre.event where record = %(record)s
), logged as (
    delete from eyre.event_log where record = %(record)s
), numbered as (
    delete from eyre.numbered_anew where former = %(record)s or record = %(record)s
), keys as (
    delete from eyre.record_key k using features f, eyre.keys_in(f.keys) as own (key)
    where k.key = own.key and k.record = f.record
)
delete from eyre.record where id = %(record)s
