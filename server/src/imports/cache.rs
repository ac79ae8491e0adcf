//! Files that were read, for as long as they stay as they are.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use pygloss_core::Document;

use crate::documents::is_analysable;

/// Longest file that is read for the sake of another one, in bytes.
const MAX_FILE: u64 = 256 << 10;

/// Bytes of text that are kept. Trees take about six times the memory of their text.
const MAX_KEPT: usize = 1 << 20;

/// A file that changed less than this before it was read may change again and show the same time.
const UNSETTLED: Duration = Duration::from_secs(2);

/// The files that were read last.
#[derive(Default)]
pub struct Cache {
    files: RefCell<HashMap<PathBuf, Kept>>,
}

struct Kept {
    stamp: Stamp,
    /// The stamp tells whether the file changed.
    settled: bool,
    document: Rc<Document>,
    /// Greater than that of all files that were used before.
    used: u64,
}

#[derive(Clone, Copy, PartialEq)]
struct Stamp {
    modified: SystemTime,
    len: u64,
}

impl Cache {
    /// The file at `path`. Nothing for what is no regular file, is no UTF-8, or is too long.
    pub fn read(&self, path: &Path) -> Option<Rc<Document>> {
        // Reading something else than a file might never end.
        let about = fs::metadata(path).ok()?;
        if !about.is_file() || about.len() > MAX_FILE {
            return None;
        }
        let mut files = self.files.borrow_mut();
        let used = files.values().map(|kept| kept.used).max().unwrap_or(0) + 1;
        let stamp = Stamp::of(&about)?;
        if let Some(kept) = files.get_mut(path).filter(|it| it.settled && it.stamp == stamp) {
            kept.used = used;
            return Some(Rc::clone(&kept.document));
        }
        let now = SystemTime::now();
        let old = files.remove(path);
        let text = read_text(path, about.len())?;
        let document = old
            .map(|kept| kept.document)
            .filter(|document| document.text().len() == text.len())
            .filter(|document| document.text().to_string() == text)
            .unwrap_or_else(|| Rc::new(Document::of_another_file(&text)));
        let age = now.duration_since(stamp.modified).unwrap_or_default();
        let kept = Kept { stamp, settled: age > UNSETTLED, document: Rc::clone(&document), used };
        files.insert(path.to_owned(), kept);
        drop_oldest(&mut files);
        Some(document)
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.files.borrow().len()
    }
}

impl Stamp {
    fn of(about: &Metadata) -> Option<Self> {
        Some(Self { modified: about.modified().ok()?, len: about.len() })
    }
}

/// The text of the file at `path`. Nothing for what is no regular file, is no UTF-8, or is too long.
pub(super) fn text_of(path: &Path) -> Option<String> {
    // Reading something else than a file might never end.
    let about = fs::metadata(path).ok().filter(Metadata::is_file)?;
    read_text(path, about.len())
}

/// [`text_of`] of a regular file of about this length, in bytes.
fn read_text(path: &Path, len: u64) -> Option<String> {
    let mut bytes = Vec::with_capacity(len.min(MAX_FILE) as usize + 1);
    let read = File::open(path).ok()?.take(MAX_FILE + 1).read_to_end(&mut bytes).ok()?;
    (read as u64 <= MAX_FILE).then_some(())?;
    let mut text = String::from_utf8(bytes).ok()?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    is_analysable(&text).then_some(text)
}

fn drop_oldest(files: &mut HashMap<PathBuf, Kept>) {
    while files.len() > 1
        && files.values().map(|kept| kept.document.text().len()).sum::<usize>() > MAX_KEPT
    {
        let oldest = files.iter().min_by_key(|(_, kept)| kept.used);
        let Some(oldest) = oldest.map(|(path, _)| path.clone()) else { return };
        files.remove(&oldest);
    }
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache").field("files", &self.files.borrow().len()).finish()
    }
}
