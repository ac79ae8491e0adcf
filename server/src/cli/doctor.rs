//! `pygloss doctor`.

use std::env;
use std::io::{self, Write};

use crate::capabilities::PROTOCOL_VERSION;
use crate::workspace::project_target;

/// Prints what this program is and what it finds. 0 when nothing is amiss.
///
/// # Errors
/// When `out` cannot be written to.
pub fn run(out: &mut impl Write) -> io::Result<i32> {
    let program =
        env::current_exe().map_or_else(|error| error.to_string(), |p| p.display().to_string());
    writeln!(out, "pygloss   {} (protocol {PROTOCOL_VERSION})", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "program   {program}")?;
    writeln!(out, "platform  {} {}", env::consts::OS, env::consts::ARCH)?;
    let library = crate::builtin::library();
    for pack in library.packs() {
        let cards: usize = pack.concepts.iter().map(|concept| concept.cards.len()).sum();
        let rules: usize = pack.concepts.iter().map(|concept| concept.rules.len()).sum();
        let (id, concepts) = (&pack.manifest.id, pack.concepts.len());
        writeln!(out, "pack      {id}: {concepts} concepts, {cards} cards, {rules} rules")?;
    }
    let target =
        env::current_dir().ok().and_then(|folder| folder.ancestors().find_map(project_target));
    match target {
        Some(version) => writeln!(out, "python    {version}, from pyproject.toml")?,
        None => {
            let version = pygloss_core::PythonVersion::default();
            writeln!(out, "python    {version}, since no pyproject.toml here says otherwise")?;
        }
    }
    if library.packs().is_empty() {
        writeln!(out, "\nNo pack is loaded: there is nothing to explain or to ask.")?;
        return Ok(1);
    }
    Ok(0)
}
