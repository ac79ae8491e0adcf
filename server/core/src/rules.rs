//! The rules. Each is one file here and one page of the same name in `content/`.

mod asyncio_run_in_async;
mod blocking_http_in_async;
mod blocking_io_in_async;
mod blocking_sleep_in_async;
mod class_to_dataclass;
mod closure_missing_nonlocal;
mod code;
mod context_manager_incomplete;
mod contextmanager_no_finally;
mod coroutine_not_awaited;
mod dangling_task;
mod decorator_args_not_forwarded;
mod decorator_drops_result;
mod decorator_missing_wraps;
mod decorator_not_returning_wrapper;
mod decorator_sync_wraps_async;
mod dict_grouping;
mod edit;
mod exit_leaks_resource;
mod exit_swallows_exceptions;
mod future_annotations_needed;
mod gather_unbounded;
mod generator_reused;
mod isinstance_generic;
mod lazy_result_discarded;
mod list_as_queue;
mod list_comp_in_reducer;
mod lock_without_with;
mod loop_closure;
mod manual_count;
mod metaclass_for_hooks;
mod metaclass_for_registry;
mod metaclass_move;
mod metaclass_new_args;
mod metaclass_steps;
mod metaclass_work;
mod missing_main_guard;
mod mutable_default_argument;
mod open_use;
mod open_with_fix;
mod open_without_with;
mod pep585_generics;
mod pep604_union;
mod pip_in_code;
mod shared;
mod single_pass_list;
mod sql;
mod sql_insert_loop;
mod sql_string_format;
mod sqlite_with_leak;
mod stopiteration_in_generator;
mod swallowed_exception;
mod threads_for_cpu_bound;
mod typing_name_unimported;
pub(crate) mod unused_ignore;

use crate::lint::{Inverse, Rule};

/// Every rule.
pub static RULES: &[&Rule] = &[
    &asyncio_run_in_async::RULE,
    &blocking_http_in_async::RULE,
    &blocking_io_in_async::RULE,
    &blocking_sleep_in_async::RULE,
    &class_to_dataclass::RULE,
    &closure_missing_nonlocal::RULE,
    &context_manager_incomplete::RULE,
    &contextmanager_no_finally::RULE,
    &coroutine_not_awaited::RULE,
    &dangling_task::RULE,
    &decorator_args_not_forwarded::RULE,
    &decorator_drops_result::RULE,
    &decorator_missing_wraps::RULE,
    &decorator_not_returning_wrapper::RULE,
    &decorator_sync_wraps_async::RULE,
    &dict_grouping::RULE,
    &exit_leaks_resource::RULE,
    &exit_swallows_exceptions::RULE,
    &future_annotations_needed::RULE,
    &gather_unbounded::RULE,
    &generator_reused::RULE,
    &isinstance_generic::RULE,
    &lazy_result_discarded::RULE,
    &list_as_queue::RULE,
    &list_comp_in_reducer::RULE,
    &lock_without_with::RULE,
    &loop_closure::RULE,
    &manual_count::RULE,
    &metaclass_for_hooks::RULE,
    &metaclass_for_registry::RULE,
    &metaclass_new_args::RULE,
    &missing_main_guard::RULE,
    &mutable_default_argument::RULE,
    &open_without_with::RULE,
    &pep585_generics::RULE,
    &pep604_union::RULE,
    &pip_in_code::RULE,
    &single_pass_list::RULE,
    &sql_insert_loop::RULE,
    &sql_string_format::RULE,
    &sqlite_with_leak::RULE,
    &stopiteration_in_generator::RULE,
    &swallowed_exception::RULE,
    &threads_for_cpu_bound::RULE,
    &typing_name_unimported::RULE,
    &unused_ignore::RULE,
];

/// The inverses of fixes.
pub static INVERSES: &[&Inverse] = &[
    &closure_missing_nonlocal::INVERSE,
    &contextmanager_no_finally::INVERSE,
    &coroutine_not_awaited::INVERSE,
    &decorator_args_not_forwarded::INVERSE,
    &decorator_drops_result::INVERSE,
    &decorator_missing_wraps::INVERSE,
    &decorator_not_returning_wrapper::INVERSE,
    &exit_swallows_exceptions::INVERSE,
    &list_comp_in_reducer::INVERSE,
    &mutable_default_argument::INVERSE,
    &stopiteration_in_generator::INVERSE,
];

/// The inverse of the fix of the rule with this id.
pub fn inverse(id: &str) -> Option<&'static Inverse> {
    INVERSES.iter().copied().find(|inverse| inverse.rule.id == id)
}

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests;
