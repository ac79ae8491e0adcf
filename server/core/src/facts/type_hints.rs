//! Facts about annotations and type hints.

pub mod annotation;
mod anything;
mod checking_block;
mod fits;
mod ignore_comment;
mod instance_check;
mod missing;
mod outdated;
mod owner;
mod parameter;
mod readers;
mod returns;
mod special_form;
mod spelling;
mod standard;
mod string_annotation;
mod structural;
mod type_parameters;
mod type_variable;
mod typing_call;
mod union;
mod usage;
mod variable;

use super::Provider;

pub use outdated::OUTDATED;
pub use spelling::{ALIASES, instead};
pub use standard::ABSTRACT;
pub(crate) use union::is_evaluated;

pub static PROVIDERS: &[&Provider] = &[
    &parameter::PROVIDER,
    &returns::PROVIDER,
    &variable::PROVIDER,
    &union::PROVIDER,
    &type_parameters::PROVIDER,
    &outdated::PROVIDER,
    &missing::PROVIDER,
    &standard::PROVIDER,
    &anything::PROVIDER,
    &instance_check::PROVIDER,
    &typing_call::PROVIDER,
    &string_annotation::PROVIDER,
    &checking_block::PROVIDER,
    &readers::FUTURE,
    &readers::READER,
    &special_form::PROVIDER,
    &type_variable::PROVIDER,
    &structural::PROVIDER,
    &ignore_comment::PROVIDER,
];
