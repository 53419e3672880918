update eyre.ride set
    leased_by = null,
    leased_until = null,
    next_due = %(next_due)s,
    every = %(every)s,
    failures = case when %(trouble)s = '' then 0 else failures + 1 end,
    trouble = %(trouble)s,
    validators = coalesce(%(validators)s::jsonb, validators),
    tried_at = %(now)s,
    answered_at = case when %(trouble)s = '' then %(now)s else answered_at end,
    changed_at = case when %(changed)s then %(now)s else changed_at end
where source = %(source)s and fence = %(fence)s and leased_until is not null
