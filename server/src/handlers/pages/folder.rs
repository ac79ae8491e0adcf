//! Pages as files, for clients that show files and nothing else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pygloss_core::Library;
use pygloss_core::content::Topic;
use pygloss_core::markdown::plain_text;

use super::ways;

/// Below which folder a page is kept, and as what.
pub fn name(topic: &Topic, markdown: bool) -> PathBuf {
    PathBuf::from(format!("{}.{}", topic.id, ending(markdown)))
}

fn ending(markdown: bool) -> &'static str {
    if markdown { "md" } else { "txt" }
}

/// All pages, each with links to those around it.
pub fn render(library: &Library, markdown: bool) -> Vec<(PathBuf, String)> {
    let topics = library.topics();
    let readings = topics.iter().filter_map(|topic| library.reading(&topic.id));
    let render = readings.map(|reading| {
        let ways = ways(&reading, ending(markdown));
        let page = format!("{}\n\n---\n\n{ways}\n", reading.markdown.trim_end());
        let page = if markdown { page } else { plain_text(&page) + "\n" };
        (name(&reading.topic, markdown), page)
    });
    render.collect()
}

/// Writes the pages that are not there as they should be. Each is complete at any time, since a
/// reader may have it open and several servers may write it.
///
/// # Errors
/// When a file or a folder cannot be written.
pub fn write(folder: &Path, pages: &[(PathBuf, String)]) -> io::Result<()> {
    for (name, text) in pages {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|there| there == text.as_bytes()) {
            continue;
        }
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let new = path.with_extension(format!("{}.new", std::process::id()));
        fs::write(&new, text)?;
        fs::rename(&new, &path)?;
    }
    Ok(())
}
