//! Questions about files of a project that are not Python.

use expect_test::{Expect, expect};

use super::super::from_code::{CodeQuestion, questions_in};
use super::super::testing::{chance, context, session};
use super::super::*;
use crate::content::testing::builtin;
use crate::project::{FileKind, ProjectFile};
use crate::{Settings, Span};

fn found(path: &str, text: &str) -> Vec<CodeQuestion> {
    let file = ProjectFile::new(FileKind::of(path).expect("a file of a project"), text);
    questions_in(builtin(), &file, &Settings::default())
}

/// Writes out the questions about what stands at the cursor `$0`, or all of the file without one: the
/// options with those that are right marked, the reasons, and from where the answer comes.
fn check(path: &str, fixture: &str, expected: Expect) {
    let text = fixture.replace("$0", "");
    let at = fixture.find("$0");
    let mut out = String::new();
    for question in found(path, &text) {
        if at.is_none_or(|at| question.evidence.extents[0].touches(at)) {
            out.push_str(&told(&text, &question));
        }
    }
    expected.assert_eq(&out);
}

fn told(text: &str, question: &CodeQuestion) -> String {
    let context = context(builtin(), std::slice::from_ref(question));
    let mut session = session(&context, Wish::Code);
    let Ok(Step::Ask(shown)) = session.next(&context, chance(0), 0) else {
        panic!("{} cannot be asked", question.generator.name)
    };
    let answer = Answer {
        presentation: shown.presentation,
        response: Some(Response::Keys(vec![shown.options[0].key.clone()])),
        confidence: None,
        ms: None,
        median: None,
        now: 0,
    };
    let verdict = &session.answer(&context, &answer).unwrap().verdict;
    let mut options: Vec<_> = verdict.options.iter().collect();
    options.sort_by_key(|option| (!option.right, &option.label));
    let mut out = format!("{}\n", shown.prompt);
    for option in options {
        let mark = if option.right { "*" } else { " " };
        out.push_str(&format!("  {mark} {}: {}\n", option.label.text, option.why));
    }
    let from: Vec<&str> = verdict.evidence.iter().map(|span| &text[span.range()]).collect();
    out + &format!("    from {from:?}\n")
}

#[test]
fn versions_that_a_requirement_lets_in() {
    check(
        "requirements.txt",
        "rich~=13.7.1$0\nrequests==2.31.0\n",
        expect![[r#"
            `rich~=13.7.1` stands in line 1. Which of these versions of `rich` fit?
              * 13.7.2: It meets all of `~=13.7.1`.
                13.6.9: It comes before the lower bound of `~=13.7.1`.
                13.8.0: It comes after the upper bound of `~=13.7.1`.
                14.0: It comes after the upper bound of `~=13.7.1`.
                from ["rich~=13.7.1"]
            `rich~=13.7.1` stands in line 1. Which one of these versions of `rich` fits?
              * 13.7.2: It meets all of `~=13.7.1`.
                13.6.9: It comes before the lower bound of `~=13.7.1`.
                13.8.0: It comes after the upper bound of `~=13.7.1`.
                14.0: It comes after the upper bound of `~=13.7.1`.
                from ["rich~=13.7.1"]
            `rich~=13.7.1` stands in line 1. Which one of these versions of `rich` does not fit?
              * 13.8.0: It comes after the upper bound of `~=13.7.1`.
                13.7.1: It meets all of `~=13.7.1`.
                13.7.1.post1: A post-release comes after its release and before the next one: it meets all of `~=13.7.1`.
                13.7.2: It meets all of `~=13.7.1`.
                from ["rich~=13.7.1"]
        "#]],
    );
    check(
        "requirements.txt",
        "requests==2.31.0$0\nattrs>22,<24.1,!=23.1\n",
        expect![[r#"
            `requests==2.31.0` stands in line 1. Which of these versions of `requests` fit?
              * 2.31.0+local.1: It meets all of `==2.31.0`.
                2.31.0.post1: `==2.31.0` names one version, and this is another one.
                2.31.0rc1: `==2.31.0` names one version, and this is another one.
                2.32.0: `==2.31.0` names one version, and this is another one.
                from ["requests==2.31.0"]
            `requests==2.31.0` stands in line 1. Which one of these versions of `requests` fits?
              * 2.31.0+local.1: Behind the `+` stands a local label, at which `==2.31.0` does not look.
                2.31.0.post1: `==2.31.0` names one version, and this is another one.
                2.31.0rc1: `==2.31.0` names one version, and this is another one.
                2.32.0: `==2.31.0` names one version, and this is another one.
                from ["requests==2.31.0"]
            `requests==2.31.0` stands in line 1. Which one of these versions of `requests` does not fit?
              * 2.31.0.post1: `==2.31.0` names one version, and this is another one.
                2.31.0+local.1: Behind the `+` stands a local label, at which `==2.31.0` does not look.
                2.31.0.0: Zeros at the end mean nothing: it is the version in `==2.31.0`.
                from ["requests==2.31.0"]
        "#]],
    );
    check(
        "requirements.txt",
        "requests==2.31.0\nattrs>22,<24.1,!=23.1$0\n",
        expect![[r#"
            `attrs>22,<24.1,!=23.1` stands in line 2. Which of these versions of `attrs` fit?
              * 22.9: It meets all of `>22,<24.1,!=23.1`.
              * 23: It meets all of `>22,<24.1,!=23.1`.
                21: It comes before the lower bound of `>22,<24.1,!=23.1`.
                22: `<` and `>` shut out the version that they name.
                from ["attrs>22,<24.1,!=23.1"]
            `attrs>22,<24.1,!=23.1` stands in line 2. Which one of these versions of `attrs` fits?
              * 23: It meets all of `>22,<24.1,!=23.1`.
                21: It comes before the lower bound of `>22,<24.1,!=23.1`.
                22: `<` and `>` shut out the version that they name.
                23.1: A `!=` shuts it out.
                from ["attrs>22,<24.1,!=23.1"]
            `attrs>22,<24.1,!=23.1` stands in line 2. Which one of these versions of `attrs` does not fit?
              * 22: `<` and `>` shut out the version that they name.
                22.9: It meets all of `>22,<24.1,!=23.1`.
                23: It meets all of `>22,<24.1,!=23.1`.
                23.2: It meets all of `>22,<24.1,!=23.1`.
                from ["attrs>22,<24.1,!=23.1"]
        "#]],
    );
}

#[test]
fn a_pin_among_ranges() {
    let list = "rich\nhttpx~=0.27\nattrs==23.*\nrequests==2.31.0\n";
    let questions = found("requirements.txt", list);
    let is_pin = |it: &&CodeQuestion| it.generator.name == "requirement-pinned";
    let pin = questions.iter().find(is_pin).unwrap();
    assert_eq!(
        pin.evidence.subject,
        Span::new(0, list.len() - 1),
        "it does not point at the answer"
    );
    expect![[r#"
        From line 1 to line 4 of this file, which one of these requirements is pinned to one version?
          * requests==2.31.0: `==` with a whole version lets in no other release.
            attrs==23.*: The `.*` lets in every release of the series.
            httpx~=0.27: `~=` also lets in the later releases of the series.
            rich: Without a condition any version will do.
            from ["requests==2.31.0"]
    "#]].assert_eq(&told(list, pin));
    // Others may let one version in as well, or none at all, or installers differ.
    let disputed = "a==3b1.dev2,==3.0.*\nb\nc\n";
    for list in ["a==1.0\nb>=1,<=1\nc\n", "a==1.0,>=2\nb\nc\n", "a==1.0\nb\n", disputed] {
        assert!(!found("requirements.txt", list).iter().any(|it| is_pin(&it)), "{list}");
    }
}

#[test]
fn markers_extras_and_hashes() {
    check(
        "requirements.txt",
        "tomli; python_version < \"3.11\"\n",
        expect![[r#"
            `tomli; python_version < "3.11"` stands in line 1. With which of these Pythons does pip install `tomli` for it?
              * 3.10: With it `python_version < "3.11"` holds, whatever the machine.
                3.11: With it `python_version < "3.11"` does not hold, so the requirement is left out.
                3.12: With it `python_version < "3.11"` does not hold, so the requirement is left out.
                3.13: With it `python_version < "3.11"` does not hold, so the requirement is left out.
                from ["tomli; python_version < \"3.11\""]
            With Python `3.13`, what does pip make of `tomli; python_version < "3.11"` in line 1?
              * This requirement is left out: `python_version < "3.11"` does not hold with Python `3.13`, so pip goes on without this requirement.
                A version of `tomli` that fits is installed: So it would be if `python_version < "3.11"` held.
                Any version of `tomli` is installed: A marker counts for the requirement as a whole, not for its version alone.
                pip stops with an error: A marker that does not hold is no error.
                from ["tomli; python_version < \"3.11\""]
        "#]],
    );
    check(
        "requirements.txt",
        "requests[socks]\n",
        expect![[r#"
            `requests[socks]` stands in line 1. What does `socks` in the brackets stand for?
              * Besides `requests`, what its extra `socks` asks for: An extra names further dependencies that `requests` declares; the package itself is the same.
                Another package, which replaces `requests`: Extras only add dependencies to `requests`.
                Of `requests`, only the part that is named `socks`: `requests` is installed as a whole, with extras or without.
                The group `socks` of this project: The extras in brackets are those that `requests` declares, not this project.
                from ["requests[socks]"]
        "#]],
    );
    check(
        "requirements.txt",
        "$0six==1.16.0 --hash=sha256:00\n",
        expect![[r#"
            `six==1.16.0` stands in line 1. Which of these versions of `six` fit?
              * 1.16.0: It meets all of `==1.16.0`.
              * 1.16.0+local.1: It meets all of `==1.16.0`.
                1.16.1: `==1.16.0` names one version, and this is another one.
                1.17.0: `==1.16.0` names one version, and this is another one.
                from ["six==1.16.0"]
            `six==1.16.0` stands in line 1. Which one of these versions of `six` fits?
              * 1.16.0: It meets all of `==1.16.0`.
                1.16.0.dev1: `==1.16.0` names one version, and this is another one.
                1.16.1: `==1.16.0` names one version, and this is another one.
                1.17.0: `==1.16.0` names one version, and this is another one.
                from ["six==1.16.0"]
            `six==1.16.0` stands in line 1. Which one of these versions of `six` does not fit?
              * 1.17.0: `==1.16.0` names one version, and this is another one.
                1.16.0: It meets all of `==1.16.0`.
                1.16.0+local.1: Behind the `+` stands a local label, at which `==1.16.0` does not look.
                from ["six==1.16.0"]
            The file that pip gets for `six==1.16.0` in line 1 has none of the hashes given there. What happens?
              * pip stops, and nothing is installed: The hashes say which files are meant; another one may have been tampered with.
                pip installs the rest without `six`: All requirements of the list are installed, or none.
                pip takes the next version of `six`: The requirement names one version, and its hashes are of its files.
                pip warns, and the file is installed: A check that lets a wrong file pass would be none.
                from ["six==1.16.0"]
        "#]],
    );
}

#[test]
fn options_of_a_list() {
    check(
        "requirements.txt",
        "-r base.txt\n-c limits.txt\n-e .\n-i https://a.org/simple\n",
        expect![[r#"
            What does `-r base.txt` in line 1 tell pip?
              * Take over the lines of `base.txt`: `-r` is short for `--requirement`: the lines of the other list are taken over.
                Install the project in `base.txt` as it is now, as a copy: That is a folder without an option. `-r` names a list.
                Install the project in `base.txt`; changes in its code count at once: That is `-e` with a folder.
                Let `base.txt` limit versions, and nothing more: That is `-c`, `--constraint`.
                from ["-r base.txt"]
            What does `-c limits.txt` in line 2 tell pip?
              * Let `limits.txt` limit versions, and nothing more: `-c` is short for `--constraint`: it counts for what something else asks for.
                Install the project in `limits.txt` as it is now, as a copy: That is a folder without an option. `-c` names a list.
                Install the project in `limits.txt`; changes in its code count at once: That is `-e` with a folder.
                Take over the lines of `limits.txt`: That is `-r`, `--requirement`.
                from ["-c limits.txt"]
            What does `-e .` in line 3 tell pip?
              * Install the project in `.`; changes in its code count at once: `-e` is short for `--editable`: imports find the code in its folder.
                Install the project in `.` as it is now, as a copy: So it would be without the `-e`.
                Let `.` limit versions, and nothing more: That is `-c`, with a list.
                Take over the lines of `.`: That is `-r`, with a list.
                from ["-e ."]
        "#]],
    );
    check(
        "requirements.txt",
        "--extra-index-url https://b.org/simple\n",
        expect![[r#"
        What does `--extra-index-url https://b.org/simple` in line 1 tell pip?
          * Ask `https://b.org/simple` as well as PyPI: Both are asked for every package, and the best version wins, wherever it comes from.
            Ask `https://b.org/simple` for what PyPI does not have: No index comes before another: pip compares what all of them have.
            Ask `https://b.org/simple` in place of PyPI: That is `--index-url`.
            from ["--extra-index-url https://b.org/simple"]
    "#]],
    );
}

#[test]
fn what_a_project_says() {
    check(
        "pyproject.toml",
        "[build-system]\nrequires = ['hatchling']\n[project]\nname = 'app'\n\
         requires-python = '>=3.10,<3.13'\ndependencies = ['rich']\n\
         [project.optional-dependencies]\nfast = ['numpy']\n\
         [dependency-groups]\ntest = ['pytest']\n",
        expect![[r#"
            `requires-python` in line 5 is `>=3.10,<3.13`. Which of these Pythons may install the project?
              * 3.11: All of its patch releases meet `>=3.10,<3.13`.
              * 3.12: All of its patch releases meet `>=3.10,<3.13`.
                3.13: None of its patch releases meets `>=3.10,<3.13`.
                3.14: None of its patch releases meets `>=3.10,<3.13`.
                from [">=3.10,<3.13"]
            `requires-python` in line 5 is `>=3.10,<3.13`. What does `pip install .` do with Python `3.12`?
              * It goes on: this Python may install the project: Python `3.12` meets `>=3.10,<3.13`.
                It fetches a Python that fits and goes on with that: pip belongs to one interpreter and brings no other.
                It stops: the project needs a different Python: So it would be with a Python that `>=3.10,<3.13` shuts out.
                It warns about this Python and installs the project: What `requires-python` says is a condition for pip, no advice.
                from [">=3.10,<3.13"]
            Which of these packages does this `pyproject.toml` itself have `pip install .` leave in the environment?
              * rich: It stands in `[project] dependencies`, which come with the project.
                hatchling: It is needed to build the project, in an environment that is thrown away.
                numpy: It belongs to an extra, which nobody asked for: `pip install ".[…]"` does.
                pytest: It belongs to a dependency group, which `pip install .` leaves alone.
                from ["rich"]
            Which one of these packages does this `pyproject.toml` itself have `pip install .` leave in the environment?
              * rich: It stands in `[project] dependencies`, which come with the project.
                hatchling: It is needed to build the project, in an environment that is thrown away.
                numpy: It belongs to an extra, which nobody asked for: `pip install ".[…]"` does.
                pytest: It belongs to a dependency group, which `pip install .` leaves alone.
                from ["rich"]
        "#]],
    );
}

#[test]
fn what_is_not_certain_is_not_asked() {
    for (path, text) in [
        ("requirements.txt", ""),
        ("requirements.txt", "# rich==1.0\n\n"),
        ("requirements.txt", "rich\n"),
        ("requirements.txt", "rich>=what\n"),
        ("requirements.txt", "rich==1!2.0\n"),
        ("requirements.txt", "rich==1.0,>=2\n"),
        ("requirements.txt", "rich @ https://example.org/rich-1.0.zip ; python_version < '3.9'\n"),
        ("requirements.txt", "./rich\n-e git+https://example.org/a.git\n-e .[dev]\n-r $HERE\n"),
        ("requirements.txt", "--no-index\n--pre\n-f wheels\n--index-url pypi\n"),
        ("requirements.txt", "rich; sys_platform == 'win32'\n"),
        ("requirements.txt", "rich; python_version in '3.9, 3.10'\n"),
        ("requirements.txt", "rich --hash=sha256:00\n"),
        ("constraints.txt", "rich; python_version < '3.11'\n-r base.txt\nrequests[socks]\n"),
        ("pyproject.toml", "[project\nrequires-python = '>=3.10'\n"),
        ("pyproject.toml", "[project]\nrequires-python = '3.10'\n"),
        ("pyproject.toml", "[project]\nrequires-python = ''\n"),
        ("pyproject.toml", "[tool.poetry.dependencies]\npython = '^3.10'\nrich = '^13'\n"),
        ("pyproject.toml", "[project]\ndependencies = ['rich']\n"),
        (
            "pyproject.toml",
            "[project]\ndependencies = ['rich']\ndynamic = ['optional-dependencies']\n\
             [dependency-groups]\ntest = ['pytest', 'attrs']\n",
        ),
        (
            "pyproject.toml",
            "[project]\nname = 'App'\ndependencies = ['rich']\n[project.optional-dependencies]\n\
             all = ['app[fast]', 'attrs']\nfast = ['numpy']\n",
        ),
        (".gitignore", ".venv/\n"),
    ] {
        let asked = found(path, text);
        let names: Vec<&str> = asked.iter().map(|question| question.generator.name).collect();
        let extras = names.iter().all(|name| *name == "requirement-extra") && text.contains('[');
        assert!(names.is_empty() || (extras && text.contains("app[fast]")), "{text}: {names:?}");
    }
}

/// The same questions with other answers.
fn turned(questions: &[CodeQuestion]) -> Vec<CodeQuestion> {
    let mut turned = questions.to_vec();
    for question in &mut turned {
        let (cases, computed) = (question.generator.cases, &mut question.computed);
        let other = cases.iter().find(|case| {
            case.name != computed.case.name
                && computed.options.iter().any(|option| option.role == case.right)
        });
        match other {
            Some(case) => computed.case = case,
            None if computed.options.iter().all(|option| option.code.is_some()) => {
                let roles: Vec<_> = computed.options.iter().map(|option| option.role).collect();
                let next = roles.iter().cycle().skip(1);
                computed.options.iter_mut().zip(next).for_each(|(option, role)| option.role = role);
            }
            // There is one answer in all files.
            None => {}
        }
    }
    turned
}

/// Whatever is right, what is sent before the answer is the same to the last byte.
#[test]
fn nothing_before_the_answer_tells_it() {
    let list = "tomli>=2; python_version < \"3.11\"\nrich~=13.7.1\nattrs\nsix==1.16.0 \
                --hash=sha256:00\nrequests[socks]<3\n-r base.txt\n-e .\n";
    let project = "[build-system]\nrequires = ['hatchling']\n[project]\nname = 'app'\n\
                   requires-python = '>=3.10,<3.13'\ndependencies = ['rich', 'six']\n\
                   [dependency-groups]\ntest = ['pytest', 'mypy']\n";
    let mut names = std::collections::BTreeSet::new();
    for (path, text) in [("requirements.txt", list), ("pyproject.toml", project)] {
        let questions = found(path, text);
        let turned = turned(&questions);
        for (one, other) in questions.iter().zip(&turned) {
            names.insert(one.generator.name);
            for seed in 0..40 {
                let seen = |question: &CodeQuestion| {
                    let context = context(builtin(), std::slice::from_ref(question));
                    let mut session = session(&context, Wish::Code);
                    let step = session.next(&context, chance(seed), 0);
                    let shown = session.open().unwrap().presentation;
                    let hint = session.hint(shown);
                    let again = session.resume(&context, chance(seed + 100), 1);
                    format!("{step:?} {hint:?} {again:?}")
                };
                assert_eq!(seen(one), seen(other), "{}", one.generator.name);
            }
        }
    }
    assert_eq!(names.len(), 13, "{names:?}");
}
