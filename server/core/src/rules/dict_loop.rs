//! A dictionary that a loop fills key by key, and the statements around it.

pub(super) use crate::facts::collections::by_hand::{
    empty_dictionary, expression, next_statement, span_in,
};
