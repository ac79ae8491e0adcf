//! The rules. Each is one file here and one page of the same name in `content/`.

mod abstract_without_abc;
mod annotation_not_conversion;
mod async_for_required;
mod async_with_required;
mod asyncio_run_in_async;
mod bare_generic;
mod blocking_http_in_async;
mod blocking_io_in_async;
mod blocking_sleep_in_async;
mod bounded_list;
mod cached_method;
mod cached_one_shot;
pub(crate) mod class_to_dataclass;
pub(crate) mod close_in_finally;
mod closure_missing_nonlocal;
pub(crate) mod code;
mod context_manager_incomplete;
mod contextmanager_missing_decorator;
mod contextmanager_no_finally;
mod contextmanager_yield_count;
mod coroutine_not_awaited;
mod dangling_task;
mod dataclass_mutable_default;
mod decorator_args_not_forwarded;
mod decorator_drops_result;
mod decorator_factory_misuse;
mod decorator_missing_wraps;
mod decorator_not_returning_wrapper;
mod decorator_sync_wraps_async;
mod defaultdict_bad_factory;
pub(crate) mod dict_grouping;
pub(crate) mod edit;
mod enter_returns_none;
mod exit_leaks_resource;
mod exit_signature;
mod exit_swallows_exceptions;
mod future_annotations_needed;
mod gather_unbounded;
mod generator_return_value;
mod generator_reused;
mod groupby_group_reuse;
mod http_status_unchecked;
mod implicit_event_loop;
mod infinite_consumption;
mod isinstance_generic;
mod iterator_protocol;
mod lazy_result_discarded;
mod list_as_queue;
mod list_builder_to_generator;
mod list_comp_in_reducer;
mod lock_without_with;
mod loop_closure;
mod manual_count;
mod metaclass_for_hooks;
mod metaclass_for_registry;
mod metaclass_for_singleton;
pub(crate) mod metaclass_move;
mod metaclass_new_args;
mod metaclass_steps;
pub(crate) mod metaclass_work;
mod missing_main_guard;
mod mutable_default_argument;
mod mutate_while_iterating;
mod new_missing_return;
mod only_asks;
mod open_use;
mod open_with_fix;
mod open_without_with;
mod pep585_generics;
mod pep604_union;
mod pip_in_code;
mod pool_per_item;
mod print_in_except;
mod process_shared_global;
mod raise_without_from;
mod redundant_union;
mod retry_without_backoff;
mod sequential_await;
mod sequential_await_fix;
pub(crate) mod shared;
mod shared_value_race;
pub(crate) mod single_pass_list;
mod sql;
mod sql_insert_loop;
mod sql_string_format;
mod sqlite_no_commit;
mod sqlite_with_leak;
mod stopiteration_in_generator;
mod swallowed_exception;
mod sys_path_hack;
mod threads_for_cpu_bound;
pub(crate) mod typing_name_unimported;
mod unlocked_shared_state;
mod unpicklable_worker;
pub(crate) mod unused_ignore;
mod wall_clock_interval;
mod worker_target_called;
mod wraps_misused;

use crate::lint::{Inverse, Rule};
use crate::project;

/// Every rule, also those about files that are not Python.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().chain(&project::WORDS).copied()
}

/// Every rule about code.
pub static RULES: &[&Rule] = &[
    &abstract_without_abc::RULE,
    &annotation_not_conversion::RULE,
    &async_for_required::RULE,
    &async_with_required::RULE,
    &asyncio_run_in_async::RULE,
    &bare_generic::RULE,
    &blocking_http_in_async::RULE,
    &blocking_io_in_async::RULE,
    &blocking_sleep_in_async::RULE,
    &bounded_list::RULE,
    &cached_method::RULE,
    &cached_one_shot::RULE,
    &class_to_dataclass::RULE,
    &close_in_finally::RULE,
    &closure_missing_nonlocal::RULE,
    &context_manager_incomplete::RULE,
    &contextmanager_missing_decorator::RULE,
    &contextmanager_no_finally::RULE,
    &contextmanager_yield_count::RULE,
    &coroutine_not_awaited::RULE,
    &dangling_task::RULE,
    &dataclass_mutable_default::RULE,
    &decorator_args_not_forwarded::RULE,
    &decorator_drops_result::RULE,
    &decorator_factory_misuse::RULE,
    &decorator_missing_wraps::RULE,
    &decorator_not_returning_wrapper::RULE,
    &decorator_sync_wraps_async::RULE,
    &defaultdict_bad_factory::RULE,
    &dict_grouping::RULE,
    &enter_returns_none::RULE,
    &exit_leaks_resource::RULE,
    &exit_signature::RULE,
    &exit_swallows_exceptions::RULE,
    &future_annotations_needed::RULE,
    &gather_unbounded::RULE,
    &generator_return_value::RULE,
    &generator_reused::RULE,
    &groupby_group_reuse::RULE,
    &http_status_unchecked::RULE,
    &implicit_event_loop::RULE,
    &infinite_consumption::RULE,
    &isinstance_generic::RULE,
    &iterator_protocol::RULE,
    &lazy_result_discarded::RULE,
    &list_as_queue::RULE,
    &list_builder_to_generator::RULE,
    &list_comp_in_reducer::RULE,
    &lock_without_with::RULE,
    &loop_closure::RULE,
    &manual_count::RULE,
    &metaclass_for_hooks::RULE,
    &metaclass_for_registry::RULE,
    &metaclass_for_singleton::RULE,
    &metaclass_new_args::RULE,
    &missing_main_guard::RULE,
    &mutable_default_argument::RULE,
    &mutate_while_iterating::RULE,
    &new_missing_return::RULE,
    &open_without_with::RULE,
    &pep585_generics::RULE,
    &pep604_union::RULE,
    &pip_in_code::RULE,
    &pool_per_item::RULE,
    &print_in_except::RULE,
    &process_shared_global::RULE,
    &raise_without_from::RULE,
    &redundant_union::RULE,
    &retry_without_backoff::RULE,
    &sequential_await::RULE,
    &shared_value_race::RULE,
    &single_pass_list::RULE,
    &sql_insert_loop::RULE,
    &sql_string_format::RULE,
    &sqlite_no_commit::RULE,
    &sqlite_with_leak::RULE,
    &stopiteration_in_generator::RULE,
    &swallowed_exception::RULE,
    &sys_path_hack::RULE,
    &threads_for_cpu_bound::RULE,
    &typing_name_unimported::RULE,
    &unlocked_shared_state::RULE,
    &unpicklable_worker::RULE,
    &unused_ignore::RULE,
    &wall_clock_interval::RULE,
    &worker_target_called::RULE,
    &wraps_misused::RULE,
];

/// The inverses of fixes.
pub static INVERSES: &[&Inverse] = &[
    &annotation_not_conversion::INVERSE,
    &async_for_required::INVERSE,
    &async_with_required::INVERSE,
    &asyncio_run_in_async::INVERSE,
    &blocking_io_in_async::INVERSE,
    &contextmanager_missing_decorator::INVERSE,
    &contextmanager_no_finally::INVERSE,
    &contextmanager_yield_count::INVERSE,
    &coroutine_not_awaited::INVERSE,
    &decorator_args_not_forwarded::INVERSE,
    &decorator_drops_result::INVERSE,
    &decorator_factory_misuse::INVERSE,
    &decorator_missing_wraps::INVERSE,
    &decorator_not_returning_wrapper::INVERSE,
    &decorator_sync_wraps_async::INVERSE,
    &defaultdict_bad_factory::INVERSE,
    &enter_returns_none::INVERSE,
    &exit_swallows_exceptions::INVERSE,
    &generator_return_value::INVERSE,
    &generator_reused::INVERSE,
    &groupby_group_reuse::INVERSE,
    &http_status_unchecked::INVERSE,
    &implicit_event_loop::INVERSE,
    &isinstance_generic::INVERSE,
    &iterator_protocol::INVERSE,
    &lazy_result_discarded::INVERSE,
    &list_as_queue::INVERSE,
    &lock_without_with::INVERSE,
    &metaclass_new_args::INVERSE,
    &mutate_while_iterating::INVERSE,
    &new_missing_return::INVERSE,
    &retry_without_backoff::INVERSE,
    &shared_value_race::INVERSE,
    &sql_string_format::INVERSE,
    &sqlite_with_leak::INVERSE,
    &threads_for_cpu_bound::INVERSE,
    &wall_clock_interval::INVERSE,
    &worker_target_called::INVERSE,
    &wraps_misused::INVERSE,
];

/// The inverse of the fix of the rule with this id.
pub fn inverse(id: &str) -> Option<&'static Inverse> {
    INVERSES.iter().copied().find(|inverse| inverse.rule.id == id)
}

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests;
