//! Asking whether there is a GIL.
//!
//! Source: Library Reference, sys._is_gil_enabled; Free-threading HOWTO: the build can do without a
//! GIL, and the running process may have it all the same.

use super::code::short;
use crate::facts::{Facts, Provider, Slot, SlotKind};
use crate::subject::Subject;
use crate::syntax::function::arguments;
use crate::version::PythonVersion;

pub static PROVIDER: Provider = Provider {
    name: "gil-check",
    doc: "a call of `sys._is_gil_enabled` or of `sysconfig.get_config_var` with \
          `Py_GIL_DISABLED`; `@target` is the `call`",
    slots: SLOTS,
    run,
};

static SLOTS: &[Slot] = &[
    Slot::new("running", SlotKind::Code, "the call, if it asks about the running process"),
    Slot::new("build", SlotKind::Code, "the call, if it asks about the build"),
    Slot::new("missing", SlotKind::Code, "the oldest Python of the code, if it lacks the function"),
    Slot::new("unset", SlotKind::Code, "that Python, if the variable is not set there"),
];

fn run(subject: &Subject<'_>) -> Option<Facts> {
    let call = subject.node();
    let written = short(subject.names(), subject.item(), call)?;
    let target = subject.settings().target;
    let mut facts = Facts::of(SLOTS);
    let slot = match (&*subject.callee()?, &arguments(call)[..]) {
        ("sys._is_gil_enabled", []) => {
            facts.code("running", written);
            "missing"
        }
        ("sysconfig.get_config_var", [name])
            if matches!(subject.text(*name), "\"Py_GIL_DISABLED\"" | "'Py_GIL_DISABLED'") =>
        {
            facts.code("build", written);
            "unset"
        }
        _ => return None,
    };
    if target < PythonVersion::py3(13) {
        facts.code(slot, target.to_string());
    }
    Some(facts)
}

#[cfg(test)]
mod tests;
