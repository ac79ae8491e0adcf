//! The `pygloss` program. See [`pygloss::cli`].

use std::process::exit;

use mimalloc::MiMalloc;

/// A key costs thousands of small allocations, most of them by the parser, which is C and shares
/// this one.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    // Threads may still wait for input; they end here.
    exit(pygloss::cli::main());
}
