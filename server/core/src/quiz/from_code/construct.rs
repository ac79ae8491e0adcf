//! Questions about single constructs of an item.

use super::{CodeQuestion, Evidence, Find, Found, Generator, bug};
use crate::content::Library;
use crate::lint::Inverse;
use crate::rules::inverse;
use crate::subject::Subject;
use crate::syntax::{Field, Kind, Node, kind};
use crate::{Document, Settings, walk};

/// Most copies of functions that one generator makes of a file: each is checked by all rules.
const MAX_MUTANTS: usize = 4;

/// A generator that looks at nodes.
pub(super) struct Wanted {
    generator: &'static Generator,
    kinds: &'static [Kind],
    run: Run,
}

enum Run {
    Facts(fn(&Subject<'_>) -> Option<Found>),
    /// With the number of copies that may be made yet.
    Mutant(&'static Inverse, usize),
}

impl Wanted {
    pub fn of(generator: &'static Generator) -> Option<Self> {
        let (kinds, run) = match generator.find {
            Find::At(kinds, run) => (kinds, Run::Facts(run)),
            Find::Mutant(rule) => {
                let inverse = inverse(rule)?;
                (inverse.kinds, Run::Mutant(inverse, MAX_MUTANTS))
            }
            Find::Decorated(_) | Find::InFile(_) => return None,
        };
        Some(Self { generator, kinds, run })
    }

    fn run(&mut self, subject: &Subject<'_>, library: &Library) -> Option<Found> {
        match &mut self.run {
            Run::Facts(run) => run(subject),
            Run::Mutant(inverse, left) => {
                (inverse.edits)(subject)?;
                *left = left.checked_sub(1)?;
                bug::run(subject, library, inverse)
            }
        }
    }
}

/// Adds the questions about the item to `found`.
pub(super) fn gather(
    library: &Library,
    document: &Document,
    settings: &Settings,
    item: usize,
    wanted: &mut [Wanted],
    found: &mut Vec<CodeQuestion>,
) {
    let Some(tree) = document.items()[item].tree() else { return };
    walk::intact(tree.root_node(), document.items()[item].text(), |path| {
        let node = kind(path[path.len() - 1]);
        for wanted in wanted.iter_mut().filter(|wanted| wanted.kinds.contains(&node)) {
            let subject = Subject::new(document, settings, item, path).with_library(library);
            let one = wanted.run(&subject, library);
            found.extend(one.map(|one| question(&subject, wanted, one)));
        }
    });
}

fn question(subject: &Subject<'_>, wanted: &Wanted, found: Found) -> CodeQuestion {
    let around = around(subject.path());
    let extent = subject.span(around);
    let mut extents = vec![extent];
    let mut texts = vec![subject.text(around).to_owned()];
    // What stands elsewhere belongs to the question as it is written there.
    let inside = |span: &crate::Span| extent.start <= span.start && span.end <= extent.end;
    for span in found.from.iter().filter(|span| !inside(span)) {
        extents.push(*span);
        texts.push(subject.document().text().slice(*span));
    }
    let mut from = found.from;
    from.sort();
    from.dedup();
    CodeQuestion {
        generator: wanted.generator,
        about: about(subject, around),
        computed: found.computed,
        evidence: Evidence { subject: found.subject, from, extents, texts },
    }
}

/// What the reader sees as the place: the innermost definition around the last node of the path, or
/// the statement of the module.
fn around<'a>(path: &[Node<'a>]) -> Node<'a> {
    let is_definition =
        |node: &&Node<'_>| matches!(kind(**node), Kind::FunctionDefinition | Kind::ClassDefinition);
    path.iter().rev().find(is_definition).or(path.get(1)).copied().unwrap_or(path[0])
}

/// The names of the definitions around, or the first line of the statement.
fn about(subject: &Subject<'_>, around: Node<'_>) -> String {
    let mut names = Vec::new();
    for node in subject.path() {
        if matches!(kind(*node), Kind::FunctionDefinition | Kind::ClassDefinition) {
            names.extend(Field::Name.of(*node).map(|name| subject.text(name)));
        }
        if *node == around {
            break;
        }
    }
    match names.is_empty() {
        true => subject.text(around).lines().next().unwrap_or_default().to_owned(),
        false => names.join("."),
    }
}
