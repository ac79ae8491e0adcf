//! `pygloss quiz`: a session in the terminal, with the same questions and the same memory as in an
//! editor.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use pygloss_core::Library;
use pygloss_core::analysis::Settings;
use pygloss_core::quiz::{Context, Placement, Session, Surface, Wish, deck, mistakes, placement};

use super::ask::{Reader, ask_all, now};
use super::{source, stats};
use crate::project::{Projects, Wishes, YieldTo};
use crate::quiz::{level_in_words, remembered, review};
use crate::store::{self, Store, calendar};

/// What to ask.
pub struct Wanted {
    /// Ids of concepts; all when empty.
    pub topics: Vec<String>,
    /// A file of the reader's, for questions about what stands in it.
    pub file: Option<PathBuf>,
    /// What for.
    pub mode: Mode,
    /// Most questions; a placement test has its own measure.
    pub limit: usize,
    /// The day of the interview, such as `2026-12-24`.
    pub interview: Option<String>,
}

/// What a quiz is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Learning what is due and what is new.
    Learn,
    /// Learning what the file gets wrong.
    Mistakes,
    /// Finding out what is known.
    Placement,
}

/// Asks at the terminal. Exit code 0 whatever the answers are.
///
/// # Errors
/// When the file cannot be read, a topic is unknown or there is no terminal.
pub fn run(out: &mut impl Write, library: &Library, wanted: &Wanted) -> io::Result<i32> {
    let stdin = io::stdin();
    if !stdin.is_terminal() {
        return Err(io::Error::other("a quiz needs a terminal to read the answers from"));
    }
    let folder = store::data_folder();
    let mut store = open(out, folder.as_deref())?;
    ask(out, &mut stdin.lock(), library, wanted, &mut store)?;
    Ok(0)
}

/// The reader's store; what is amiss with it is said.
///
/// # Errors
/// When `out` cannot be written to.
pub fn open(out: &mut impl Write, folder: Option<&Path>) -> io::Result<Store> {
    let Some(folder) = folder else {
        writeln!(out, "There is no folder for progress here; it is forgotten at the end.\n")?;
        return Ok(store::open_in_memory());
    };
    let opened = store::open(folder);
    if let Some(notice) = opened.notice {
        writeln!(out, "{notice}\n")?;
    }
    Ok(opened.store)
}

fn ask(
    out: &mut impl Write,
    input: &mut dyn BufRead,
    library: &Library,
    wanted: &Wanted,
    store: &mut Store,
) -> io::Result<()> {
    for topic in &wanted.topics {
        if !library.concepts().any(|(_, concept)| concept.id == *topic) {
            let known = library.suggest(topic);
            return Err(io::Error::other(format!("no topic is called `{topic}`{known}")));
        }
    }
    let content = match &wanted.file {
        Some(file) => Some(source::analysed(file, &source::read(file)?)),
        None => None,
    };
    let settings = match &wanted.file {
        Some(file) => {
            // What another linter shows can be learnt from as well.
            let wishes = Wishes { yield_to: Some(YieldTo::None), ..Wishes::default() };
            source::settings(&Projects::default(), file, &wishes)
        }
        None => Settings::default(),
    };
    let questions = content.as_ref().map(|content| content.questions(library, &settings));
    let questions = questions.unwrap_or_default();
    let context =
        Context { library, python: settings.target, surface: Surface::FULL, questions: &questions };
    let interview = wanted.interview.as_deref();
    stats::check(interview)?;
    store.set_interview(interview.and_then(calendar::start));
    let cards = remembered(store, i64::try_from(now()).unwrap_or(i64::MAX));
    let memory = |id: &str| cards.get(id).cloned();
    let wish = match (&wanted.file, wanted.topics.is_empty()) {
        (Some(_), _) => Wish::Code,
        (None, true) => Wish::Review,
        (None, false) => Wish::Topic,
    };
    let planned = match (&content, &wanted.file) {
        _ if wanted.mode == Mode::Placement => placement(&context, &wanted.topics, &memory, now()),
        (Some(content), Some(file)) if wanted.mode == Mode::Mistakes => {
            let place = source::Place::of(file);
            let findings = place.ask(content, &settings).findings(library);
            let rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
            mistakes(&context, &rules, &memory, now(), wanted.limit)
        }
        _ => deck(&context, wish, &wanted.topics, &memory, now(), wanted.limit),
    };
    if planned.is_empty() && wanted.mode == Mode::Mistakes {
        return writeln!(out, "Nothing is found in this file that there are questions about.");
    }
    if planned.is_empty() {
        return writeln!(out, "{}", nothing(store, wish)?);
    }
    let mut session = match wanted.mode {
        Mode::Placement => Session::placing("terminal".into(), planned),
        Mode::Learn | Mode::Mistakes => Session::new("terminal".into(), planned),
    };
    ask_all(out, &mut Reader::Typed(input), &mut session, &context, &mut |answered| {
        store.record(&review(&answered.review)).map(drop).map_err(io::Error::other)
    })?;
    session.placement().map_or(Ok(()), |found| tell_levels(out, &session, found))
}

/// What a placement test found, a line for each topic.
fn tell_levels(out: &mut impl Write, session: &Session, found: &Placement) -> io::Result<()> {
    for tally in &session.tally().topics {
        let level = found.level(&tally.topic.id);
        let level = level.map_or("not clear yet", |level| level_in_words(level.into()));
        let name = tally.topic.id.rsplit('/').next().unwrap_or_default();
        writeln!(out, "  {name:<24}{level}")?;
    }
    Ok(())
}

/// Why there is no question.
fn nothing(store: &Store, wish: Wish) -> io::Result<String> {
    if wish == Wish::Code {
        return Ok("There is nothing in this file whose answer can be computed.".into());
    }
    let now = i64::try_from(now()).unwrap_or(i64::MAX);
    let (_, next) = store.due(now).map_err(io::Error::other)?;
    Ok(match next {
        Some(at) => format!("Nothing is due. The next question comes back in {}.", span(at - now)),
        None => "There are no questions.".into(),
    })
}

fn span(ms: i64) -> String {
    let hours = ms.max(0) / 3_600_000;
    match hours {
        0 => "less than an hour".into(),
        1..48 => format!("{hours} hours"),
        _ => format!("{} days", hours / 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin;
    use pygloss_core::content::PackFile;

    fn answers(wanted: &Wanted, typed: &str, store: &mut Store) -> String {
        answers_from(&builtin::library(), wanted, typed, store)
    }

    fn answers_from(library: &Library, wanted: &Wanted, typed: &str, store: &mut Store) -> String {
        let mut out = Vec::new();
        let mut typed = typed.as_bytes();
        match ask(&mut out, &mut typed, library, wanted, store) {
            Ok(()) => String::from_utf8(out).unwrap(),
            Err(error) => error.to_string(),
        }
    }

    fn about(topics: &[&str]) -> Wanted {
        let topics = topics.iter().map(|&topic| topic.to_owned()).collect();
        Wanted { topics, file: None, mode: Mode::Learn, limit: 3, interview: None }
    }

    #[test]
    fn answers_are_kept_and_not_asked_again_at_once() {
        let mut store = store::open_in_memory();
        let out = answers(&about(&["decorators"]), "1\n1\n1\n", &mut store);
        assert_eq!(store.reviews().unwrap(), 3, "{out}");
        assert!(out.contains("of 3 right."), "{out}");
        let seen = store.cards().unwrap().len();
        answers(&about(&[]), "1\nq\n", &mut store);
        assert_eq!(store.cards().unwrap().len(), seen + 1, "something new comes first");
    }

    #[test]
    fn stopping_keeps_what_was_answered() {
        let mut store = store::open_in_memory();
        let out = answers(&about(&["decorators"]), "1\nq\n", &mut store);
        assert_eq!(store.reviews().unwrap(), 1, "{out}");
    }

    /// The built-in packs, and one with one question, which is answered in free words.
    fn library_of_words() -> Library {
        let manifest = "id = \"p\"\ntitle = \"P\"\nlicence = \"MIT\"\nrequires-python = \">=3.9\"\n\
                        concepts = [\"c\"]\n";
        let concept = "+++\ntitle = \"C\"\nunits = [\"c.a.1\"]\nlinks = []\n+++\nText.\n";
        let quiz = r#"
            [[item]]
            id = "wraps"
            units = ["c.a.1"]
            hints = ["Whose name is it?"]
            [[item.variant]]
            id = "words"
            kind = "recall"
            prompt = "Explain `wraps`."
            model = "It copies the name, for readers and debuggers."
            point = [
              { id = "name", title = "the name", words = ["name"], why = "Readers see it." },
              { id = "tools", title = "what tools see", words = ["debugger*"], why = "They go by it." },
            ]
            check = [
              { text = "It keeps the name.", points = ["name"] },
              { text = "Debuggers need it.", points = ["tools"] },
            ]
        "#;
        let files = [("pack.toml", manifest), ("c/concept.md", concept), ("c/quiz.toml", quiz)];
        let files = files.map(|(path, text)| PackFile { path, bytes: text.as_bytes() });
        let mut library = builtin::library();
        library.add_pack(&files).unwrap();
        library
    }

    #[test]
    fn free_words_are_compared_and_then_judged_by_who_wrote_them() {
        let library = library_of_words();
        let mut store = store::open_in_memory();
        let typed = "\nIt keeps\nthe name.\n\nperhaps\n2\n";
        let out = answers_from(&library, &about(&["c"]), typed, &mut store);
        let found = out.find("Found in your text: the name").expect(&out);
        let judged = out.find("1 not known, 2 known in part, 3 known:").expect(&out);
        assert!(found < judged, "{out}");
        assert_eq!(out.matches("3 known:").count(), 2, "`perhaps` is no judgement\n{out}");
        assert!(out.contains("what tools see"), "{out}");
        assert!(out.contains("It copies the name, for readers and debuggers."), "{out}");
        assert_eq!(store.reviews().unwrap(), 1, "{out}");
        assert!(out.trim_end().ends_with("Counted as known."), "{out}");
    }

    #[test]
    fn who_does_not_know_is_told_and_who_stops_before_judging_keeps_the_question() {
        let library = library_of_words();
        let mut store = store::open_in_memory();
        for typed in ["q\n", "It keeps the name.\n", "It keeps the name.\n\nq\n"] {
            let out = answers_from(&library, &about(&["c"]), typed, &mut store);
            assert_eq!(store.reviews().unwrap(), 0, "{out}");
        }
        let out = answers_from(&library, &about(&["c"]), "?\n", &mut store);
        assert!(out.contains("It copies the name, for readers and debuggers."), "{out}");
        assert_eq!(store.reviews().unwrap(), 1, "{out}");
    }

    #[test]
    fn mistakes_of_a_file_are_asked_about() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.py");
        let wanted =
            Wanted { file: Some(file.clone()), mode: Mode::Mistakes, limit: 2, ..about(&[]) };
        let mut store = store::open_in_memory();
        std::fs::write(
            &file,
            include_str!("../../../content/python-interview-5/decorators/tour.py"),
        )
        .unwrap();
        let out = answers(&wanted, "?\n?\n", &mut store);
        assert_eq!(store.reviews().unwrap(), 2, "{out}");
        std::fs::write(&file, "x = 1\n").unwrap();
        let out = answers(&wanted, "", &mut store);
        assert!(out.starts_with("Nothing is found"), "{out}");
    }

    #[test]
    fn a_list_of_requirements_is_asked_about() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("requirements.txt");
        let wanted = Wanted { file: Some(file.clone()), limit: 1, ..about(&[]) };
        let mut store = store::open_in_memory();
        std::fs::write(&file, "rich~=13.7.1\n").unwrap();
        let out = answers(&wanted, "?\n", &mut store);
        assert!(out.contains("rich~=13.7.1 stands in line 1."), "{out}");
        assert_eq!(store.reviews().unwrap(), 1, "{out}");
        std::fs::write(&file, "rich\n").unwrap();
        let out = answers(&wanted, "", &mut store);
        assert!(out.starts_with("There is nothing in this file"), "{out}");
    }

    #[test]
    fn a_placement_test_tells_what_is_known_of_each_topic() {
        let wanted = Wanted { mode: Mode::Placement, ..about(&[]) };
        let mut store = store::open_in_memory();
        let out = answers(&wanted, &"?\n".repeat(50), &mut store);
        let topics = builtin::library().concepts().filter(|it| !it.1.quiz.is_empty()).count();
        assert_eq!(store.reviews().unwrap() as usize, 2 * topics, "{out}");
        assert_eq!(out.lines().filter(|line| line.ends_with("  new")).count(), topics, "{out}");
        let one = Wanted { mode: Mode::Placement, ..about(&["generators"]) };
        let out = answers(&one, "?\nq\n", &mut store::open_in_memory());
        assert!(out.ends_with("not clear yet\n"), "{out}");
    }

    #[test]
    fn a_date_must_be_one() {
        let wanted = Wanted { interview: Some("tomorrow".to_owned()), ..about(&[]) };
        let out = answers(&wanted, "", &mut store::open_in_memory());
        assert_eq!(out, "`tomorrow` is no date; write it like 2026-12-24");
    }

    #[test]
    fn a_topic_must_exist() {
        let out = answers(&about(&["decorator"]), "", &mut store::open_in_memory());
        assert_eq!(out, "no topic is called `decorator`; did you mean `decorators`?");
    }
}
