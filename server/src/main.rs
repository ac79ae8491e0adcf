//! The `pygloss` program. See [`pygloss::cli`].

use std::process::exit;

fn main() {
    // Threads may still wait for input; they end here.
    exit(pygloss::cli::main());
}
