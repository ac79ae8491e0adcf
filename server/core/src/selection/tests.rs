use super::*;
use crate::content::testing::builtin;

fn layer(select: Option<&[&str]>, ignore: &[&str]) -> Layer {
    let owned = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect();
    Layer { select: select.map(owned), ignore: owned(ignore), ..Layer::default() }
}

fn weighing(severity: &[(&str, Option<Severity>)]) -> Layer {
    let severity = severity.iter().map(|(name, weight)| ((*name).to_owned(), *weight));
    Layer { severity: severity.collect(), ..Layer::default() }
}

/// The verdicts about a rule of the topic *decorators* and one of another topic.
fn verdicts(layers: &[Layer]) -> (Verdict, Verdict) {
    let selection = Selection { layers: layers.to_vec(), ..Selection::default() };
    let resolved = selection.resolve(builtin());
    (resolved.of("loop-closure"), resolved.of("list-as-queue"))
}

use Verdict::{Off, On, Weighs};

#[test]
fn without_a_word_everything_is_on() {
    assert_eq!(verdicts(&[]), (On, On));
    assert_eq!(verdicts(&[Layer::default()]), (On, On));
}

#[test]
fn the_more_exact_selector_counts() {
    assert_eq!(verdicts(&[layer(None, &["decorators"])]), (Off, On));
    assert_eq!(verdicts(&[layer(None, &["ruff:B023"])]), (Off, On), "another linter's name");
    assert_eq!(verdicts(&[layer(Some(&["decorators"]), &[])]), (On, Off));
    assert_eq!(verdicts(&[layer(Some(&["decorators"]), &["loop-closure"])]), (Off, Off));
    assert_eq!(verdicts(&[layer(Some(&["loop-closure"]), &["decorators"])]), (On, Off));
    assert_eq!(verdicts(&[layer(Some(&["all"]), &["decorators"])]), (Off, On));
    assert_eq!(verdicts(&[layer(Some(&["decorators"]), &["all"])]), (On, Off));
    assert_eq!(verdicts(&[layer(Some(&["all"]), &["all"])]), (Off, Off));
    assert_eq!(verdicts(&[layer(Some(&[]), &[])]), (Off, Off));
    assert_eq!(verdicts(&[layer(None, &["no-such-rule"])]), (On, On));
    let full = "python-interview-5/decorators";
    assert_eq!(verdicts(&[layer(None, &[full])]), (Off, On));
}

#[test]
fn a_later_layer_takes_away_and_a_later_select_starts_anew() {
    let file = layer(None, &["loop-closure"]);
    assert_eq!(verdicts(&[file.clone(), layer(None, &["list-as-queue"])]), (Off, Off));
    assert_eq!(verdicts(&[file.clone(), layer(None, &[])]), (Off, On));
    assert_eq!(verdicts(&[file, layer(Some(&["all"]), &[])]), (On, On));
}

#[test]
fn what_is_selected_besides_comes_on_top() {
    let extend = |extend: &[&str], ignore: &[&str]| Layer {
        extend: extend.iter().map(|&one| one.to_owned()).collect(),
        ..layer(None, ignore)
    };
    assert_eq!(verdicts(&[extend(&["loop-closure"], &["decorators"])]), (On, On));
    assert_eq!(verdicts(&[extend(&["decorators"], &["loop-closure"])]), (Off, On));
    assert_eq!(verdicts(&[extend(&["decorators"], &["decorators"])]), (Off, On));
    let file = layer(Some(&["collections"]), &["loop-closure"]);
    assert_eq!(verdicts(&[file.clone(), extend(&["decorators"], &[])]), (On, On));
    let both = Layer { select: file.select.clone(), ..extend(&["decorators"], &[]) };
    assert_eq!(verdicts(&[both]), (On, On));
}

#[test]
fn another_linters_name_speaks_of_all_rules_that_it_means() {
    assert_eq!(verdicts(&[layer(None, &["B023"])]), (Off, On));
    assert_eq!(verdicts(&[layer(None, &["W0640", "no-such-name"])]), (Off, On));
    assert_eq!(verdicts(&[layer(Some(&["pylint:W0640"]), &[])]), (On, Off));
}

#[test]
fn a_rule_yields_where_all_that_cover_it_are_reported_unless_it_is_named() {
    let yields = |select: &[&str], layers: &[Layer], tool: &str| {
        let select = select.iter().map(|&one| one.to_owned()).collect();
        let told = vec![Told { select: Some(select), ..Told::default() }];
        let peer = Peer { tool: tool.to_owned(), told, ..Peer::default() };
        let (layers, peer) = (layers.to_vec(), Some(peer));
        let selection = Selection { layers, peer, ..Selection::default() };
        let resolved = selection.resolve(builtin());
        assert_eq!(resolved.of("pep604-union"), On, "it stays on");
        assert!(!resolved.yields("decorator-missing-wraps"), "nobody else has it");
        resolved.yields("pep604-union")
    };
    assert!(yields(&["UP"], &[], "ruff"));
    assert!(yields(&["UP007", "UP045"], &[layer(Some(&["all"]), &[])], "ruff"));
    assert!(!yields(&["UP007"], &[], "ruff"), "half of it would be lost");
    assert!(!yields(&["UP"], &[], "flake8"));
    let named = layer(Some(&["all", "pep604-union"]), &[]);
    assert!(!yields(&["UP"], &[named], "ruff"));
    let named = Layer { extend: vec!["pep604-union".into()], ..Layer::default() };
    assert!(!yields(&["UP"], &[named], "ruff"));
}

#[test]
fn severity_is_set_by_rule_or_topic_and_can_be_off() {
    let hint = Some(Severity::Hint);
    assert_eq!(
        verdicts(&[weighing(&[("all", hint)])]),
        (Weighs(Severity::Hint), Weighs(Severity::Hint))
    );
    let both = weighing(&[("loop-closure", hint), ("decorators", None)]);
    assert_eq!(verdicts(std::slice::from_ref(&both)), (Weighs(Severity::Hint), On));
    let off = weighing(&[("loop-closure", None)]);
    assert_eq!(verdicts(std::slice::from_ref(&off)), (Off, On));
    assert_eq!(verdicts(&[off, both]), (Weighs(Severity::Hint), On), "the later layer counts");
    let ignored = layer(None, &["loop-closure"]);
    assert_eq!(verdicts(&[ignored, weighing(&[("loop-closure", hint)])]), (Off, On));
}

#[test]
fn what_is_ignored_here_is_off_whatever_is_selected() {
    let selection = Selection {
        layers: vec![layer(Some(&["loop-closure"]), &[])],
        ignored_here: vec!["decorators".into()],
        ..Selection::default()
    };
    assert_eq!(selection.resolve(builtin()).of("loop-closure"), Off);
}

#[test]
fn a_category_and_the_core_are_groups_as_a_topic_is() {
    // `loop-closure` is suspicious and of the core; `list-as-queue` is about performance, and of it, too.
    assert_eq!(verdicts(&[layer(Some(&["suspicious"]), &[])]), (On, Off));
    assert_eq!(verdicts(&[layer(Some(&["core"]), &[])]), (On, On));
    assert_eq!(verdicts(&[layer(Some(&["core"]), &["performance"])]), (On, Off));
    assert_eq!(verdicts(&[layer(Some(&["decorators"]), &["suspicious"])]), (Off, Off));
    assert_eq!(verdicts(&[layer(Some(&["loop-closure"]), &["core", "suspicious"])]), (On, Off));
    assert_eq!(verdicts(&[layer(Some(&["all"]), &["core"])]), (Off, Off));
    assert_eq!(verdicts(&[layer(Some(&["security"]), &[])]), (Off, Off));
    let (hint, error) = (Some(Severity::Hint), Some(Severity::Error));
    let groups = weighing(&[("decorators", hint), ("suspicious", error), ("core", error)]);
    assert_eq!(
        verdicts(&[groups]).0,
        Weighs(Severity::Hint),
        "the topic says more than the others"
    );
    let groups = weighing(&[("suspicious", hint), ("core", error)]);
    assert_eq!(verdicts(&[groups]), (Weighs(Severity::Hint), Weighs(Severity::Error)));
}

#[test]
fn every_rule_is_in_one_category_and_errors_are_faults() {
    let library = builtin();
    for category in Category::ALL {
        assert!(library.knows_selector(category.name()));
        assert!(
            !library.knows_topic(category.name()),
            "a topic of that name could not be selected"
        );
        assert!(library.rules().any(|rule| rule.category == category), "{category:?}");
    }
    for rule in library.rules() {
        let is_fault = rule.category == Category::Correctness;
        assert_eq!(is_fault, rule.severity == Severity::Error, "{}", rule.id);
    }
    assert!(!library.names_rules("core") && !library.names_rules("style"));
    assert!(library.names_rules("B023") && library.names_rules("loop-closure"));
    assert!(!library.names_rules("none"));
}

/// What two fixes of `loop-closure` are, one of which is known to be safe.
fn safeties(layers: &[&[(&str, Safety)]]) -> (Safety, Safety) {
    let layer = |all: &&[(&str, Safety)]| Layer {
        safety: all.iter().map(|(name, safety)| ((*name).to_owned(), *safety)).collect(),
        ..Layer::default()
    };
    let layers = layers.iter().map(layer).collect();
    let selection = Selection { layers, ..Selection::default() };
    let resolved = selection.resolve(builtin());
    (resolved.safety("loop-closure", Safety::Safe), resolved.safety("loop-closure", Safety::Review))
}

#[test]
fn fixes_are_safe_only_by_the_name_of_their_rule() {
    use Safety::{Review, Safe};
    assert_eq!(safeties(&[]), (Safe, Review));
    assert_eq!(safeties(&[&[("loop-closure", Safe)]]), (Safe, Safe));
    assert_eq!(safeties(&[&[("B023", Safe)]]), (Safe, Safe));
    for group in ["all", "core", "decorators", "suspicious"] {
        assert_eq!(safeties(&[&[(group, Safe)]]), (Safe, Review), "{group}");
        assert_eq!(safeties(&[&[(group, Review)]]), (Review, Review), "{group}");
        assert_eq!(safeties(&[&[(group, Review), ("loop-closure", Safe)]]), (Safe, Safe));
    }
    assert_eq!(safeties(&[&[("list-as-queue", Safe)]]), (Safe, Review));
    assert_eq!(safeties(&[&[("B023", Review), ("loop-closure", Safe)]]), (Review, Review));
    let file: &[_] = &[("loop-closure", Safe)];
    assert_eq!(safeties(&[file, &[("all", Review)]]), (Review, Review), "the later layer counts");
    assert_eq!(safeties(&[&[("all", Review)], file]), (Safe, Safe));
}

#[test]
fn of_other_topics_only_what_is_named_is_looked_for() {
    let verdicts = |topics: &[&str], layers: &[Layer]| {
        let topics = Some(topics.iter().map(|&one| one.to_owned()).collect());
        let selection = Selection { layers: layers.to_vec(), topics, ..Selection::default() };
        let resolved = selection.resolve(builtin());
        (resolved.of("loop-closure"), resolved.of("list-as-queue"))
    };
    assert_eq!(verdicts(&["decorators"], &[]), (On, Off));
    assert_eq!(verdicts(&["python-interview-5/collections"], &[]), (Off, On));
    assert_eq!(verdicts(&["decorators", "collections"], &[]), (On, On));
    assert_eq!(verdicts(&[], &[]), (Off, Off));
    assert_eq!(verdicts(&["decorators"], &[layer(Some(&["all"]), &[])]), (On, Off));
    assert_eq!(verdicts(&["decorators"], &[layer(Some(&["collections"]), &[])]), (Off, Off));
    assert_eq!(verdicts(&["decorators"], &[layer(Some(&["list-as-queue"]), &[])]), (Off, On));
}
