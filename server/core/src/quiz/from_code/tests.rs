use super::testing::{decorated, run, stacked};
use super::*;

fn ask(name: &str, function: &DecoratedFunction) -> Option<(String, Vec<String>)> {
    let computed = run(generator(name).unwrap(), function)?;
    let label = |option: &Candidate| option.code.clone().unwrap_or(option.role.to_owned());
    let right = computed.options.iter().find(|option| option.role == computed.case.right)?;
    Some((label(right), computed.options.iter().map(label).collect()))
}

fn right(name: &str, function: &DecoratedFunction) -> Option<String> {
    ask(name, function).map(|(right, _)| right)
}

#[test]
fn the_name_is_the_wrappers_unless_it_is_copied() {
    let name = "name-after-decoration";
    let (right_one, all) = ask(name, &decorated(How::Replaced)).unwrap();
    assert_eq!(right_one, "'wrapper'");
    assert_eq!(all, ["'api_call'", "'wrapper'", "'decorator'", "'rate_limit'"]);
    assert_eq!(right(name, &decorated(How::Wrapped)).unwrap(), "'api_call'");
}

#[test]
fn the_docstring_goes_with_the_function() {
    let name = "docstring-after-decoration";
    assert_eq!(right(name, &decorated(How::Replaced)).unwrap(), "None");
    assert_eq!(right(name, &decorated(How::Wrapped)).unwrap(), "'Call the service.'");
    let mut function = decorated(How::Replaced);
    wrapper(&mut function).docstring = Docstring::Line("Wrap it.".to_owned());
    assert_eq!(right(name, &function).unwrap(), "'Wrap it.'");
    for unclear in [Docstring::Other, Docstring::Line("x".repeat(200))] {
        wrapper(&mut function).docstring = unclear;
        assert_eq!(ask(name, &function), None);
    }
}

#[test]
fn the_signature_follows_wraps() {
    let name = "signature-after-decoration";
    assert_eq!(right(name, &decorated(How::Replaced)).unwrap(), "(*args, **kwargs)");
    assert_eq!(right(name, &decorated(How::Wrapped)).unwrap(), "(endpoint)");
}

#[test]
fn what_is_not_certain_is_not_asked() {
    let by_outcome =
        ["name-after-decoration", "docstring-after-decoration", "signature-after-decoration"];
    for name in by_outcome {
        assert_eq!(ask(name, &stacked(&["a"])), None, "{name}: the outcome is unknown");
    }
    let mut function = decorated(How::Replaced);
    wrapper(&mut function).name = "api_call".to_owned();
    assert_eq!(ask("name-after-decoration", &function), None, "both answers are the same");
    function.signature = None;
    assert_eq!(ask("signature-after-decoration", &function), None);
    function.docstring = Docstring::Missing;
    assert_eq!(ask("docstring-after-decoration", &function), None);
    function.docstring = Docstring::Line("It's odd".to_owned());
    assert_eq!(ask("docstring-after-decoration", &function), None, "no plain repr");
    let mut plain = decorated(How::Replaced);
    plain.name = "größe".to_owned();
    assert_eq!(ask("name-after-decoration", &plain), None, "Python would normalise the name");
}

#[test]
fn the_order_of_a_stack_needs_no_names() {
    let name = "stack-order";
    let (right_one, all) = ask(name, &stacked(&["cache", "retry(3)"])).unwrap();
    assert_eq!(right_one, "down-up");
    assert_eq!(all.len(), 4);
    let computed = run(generator(name).unwrap(), &stacked(&["a", "b", "c"])).unwrap();
    assert_eq!(
        computed.facts.get("upward"),
        Some(&crate::facts::Value::Codes(vec!["c".into(), "b".into(), "a".into()]))
    );
    for silent in
        [&["a"][..], &["a", "a"], &["a", "b", "c", "d"], &["a", "an.extremely.long.name(1)"]]
    {
        assert_eq!(ask(name, &stacked(silent)), None, "{silent:?}");
    }
}

/// The options and everything that a prompt may say are the same whatever is right.
#[test]
fn nothing_but_the_reasons_depends_on_the_answer() {
    let mut with_docstring = decorated(How::Replaced);
    wrapper(&mut with_docstring).docstring = Docstring::Line("Wrap it.".to_owned());
    for function in [decorated(How::Replaced), with_docstring] {
        let mut other = function.clone();
        other.outcome.as_mut().unwrap().how = How::Wrapped;
        let by_outcome = generators().filter(|it| matches!(it.find, Find::Decorated(_)));
        for generator in by_outcome.filter(|generator| generator.name != "stack-order") {
            let (one, two) = (run(generator, &function).unwrap(), run(generator, &other).unwrap());
            assert_ne!(one.case.right, two.case.right, "{}", generator.name);
            assert_eq!(one.options, two.options, "{}", generator.name);
            for slot in generator.asked {
                assert_eq!(one.facts.get(slot.name), two.facts.get(slot.name));
            }
        }
    }
}

#[test]
fn what_generators_declare_is_consistent() {
    for generator in generators() {
        let told = |name| generator.told.iter().any(|slot| slot.name == name);
        let role = |name| generator.roles.iter().any(|role| role.name == name);
        assert!(crate::content::is_id(generator.name));
        assert!(generator.asked.iter().all(|slot| told(slot.name)), "{}", generator.name);
        assert!(generator.cases.iter().flat_map(Case::roles).all(role), "{}", generator.name);
    }
}

fn wrapper(function: &mut DecoratedFunction) -> &mut Wrapper {
    &mut function.outcome.as_mut().unwrap().wrapper
}
