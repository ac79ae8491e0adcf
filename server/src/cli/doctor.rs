//! `pygloss doctor`.

use std::env;
use std::io::{self, Write};

use super::source;
use crate::capabilities::PROTOCOL_VERSION;
use crate::project::Projects;
use crate::store;

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
    let library = crate::shelf::for_terminal();
    for pack in library.packs() {
        let cards: usize = pack.concepts.iter().map(|concept| concept.cards.len()).sum();
        let rules: usize = pack.concepts.iter().map(|concept| concept.rules.len()).sum();
        let (id, concepts) = (&pack.manifest.id, pack.concepts.len());
        writeln!(out, "pack      {id}: {concepts} concepts, {cards} cards, {rules} rules")?;
    }
    let projects = Projects::default();
    match env::current_dir().ok().and_then(|folder| projects.target_in(&folder)) {
        Some((version, source)) => {
            writeln!(out, "python    {version}, as files of the project say ({})", source.name())?;
        }
        None => {
            let version = pygloss_core::PythonVersion::default();
            writeln!(out, "python    {version}, since no file of a project here says otherwise")?;
        }
    }
    source::report_problems(&projects, &library);
    let mut amiss = progress(out)?;
    if library.packs().is_empty() {
        amiss.push("No pack is loaded: there is nothing to explain or to ask.".into());
    }
    for line in &amiss {
        writeln!(out, "\n{line}")?;
    }
    Ok(i32::from(!amiss.is_empty()))
}

/// Says where progress is kept; returns what is amiss there.
fn progress(out: &mut impl Write) -> io::Result<Vec<String>> {
    let Some(folder) = store::data_folder() else {
        writeln!(out, "progress  nowhere")?;
        let advice = "Progress cannot be kept: set PYGLOSS_DATA_DIR to a folder for it.";
        return Ok(vec![advice.into()]);
    };
    let folder_name = folder.display();
    // Opening would make it.
    if !folder.join("progress.db").exists() {
        writeln!(out, "progress  {folder_name}, where nothing is kept yet")?;
        return Ok(Vec::new());
    }
    let opened = store::open(&folder);
    let mut amiss: Vec<String> = opened.notice.into_iter().collect();
    match opened.store.reviews() {
        Ok(answers) => writeln!(out, "progress  {folder_name}, {answers} answers")?,
        Err(error) => amiss.push(format!("The progress in {folder_name} cannot be read: {error}.")),
    }
    Ok(amiss)
}
