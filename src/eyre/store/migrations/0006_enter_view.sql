-- Opening a view in one question: takes the token and tells how far the view's classes reach and which they are. With the
-- reader's own rights, so that policies decide what it sees.
create function eyre.enter_view(token text, out reaches integer, out classes smallint[], out record_classes text[])
language plpgsql
as $$
begin
    perform set_config('eyre.view', token, true);
    reaches := cardinality(eyre.visible());
    select array_agg(c.id), array_agg(c.record_class) into classes, record_classes from eyre.terms_class c;
end
$$;
revoke execute on function eyre.enter_view(text) from public;
grant execute on function eyre.enter_view(text) to eyre_reader;
