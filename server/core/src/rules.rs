//! The rules. Each is one file here and one page of the same name in `content/`.

mod closure_missing_nonlocal;
mod code;
mod decorator_args_not_forwarded;
mod decorator_drops_result;
mod decorator_missing_wraps;
mod decorator_not_returning_wrapper;
mod decorator_sync_wraps_async;
mod loop_closure;
mod shared;

use crate::lint::Rule;

/// Every rule.
pub static RULES: &[&Rule] = &[
    &closure_missing_nonlocal::RULE,
    &decorator_args_not_forwarded::RULE,
    &decorator_drops_result::RULE,
    &decorator_missing_wraps::RULE,
    &decorator_not_returning_wrapper::RULE,
    &decorator_sync_wraps_async::RULE,
    &loop_closure::RULE,
];

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests;
