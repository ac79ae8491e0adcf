use super::super::parse;
use super::*;

/// What is said of a bank with these questions, each with another item.
fn habits(questions: &[String]) -> Vec<String> {
    let item = |(n, question): (usize, &String)| {
        let head = format!("[[item]]\nid = \"item-{n}\"\nunits = [\"c.key.1\"]\n");
        let variant = |id: &str| format!("[[item.variant]]\nid = \"{id}\"\n{question}\n");
        format!("{head}{}{}", variant("a"), variant("b"))
    };
    let text: String = questions.iter().enumerate().map(item).collect();
    let quiz = parse("c/quiz.toml", &text).unwrap_or_else(|errors| panic!("{errors:?}"));
    let errors = lint([("c/quiz.toml", quiz.items.as_slice())]);
    let mut said: Vec<String> = errors.into_iter().map(|error| error.message).collect();
    said.dedup();
    said
}

fn options(right: &[usize], texts: &[&str]) -> String {
    let option = |(at, text): (usize, &&str)| {
        let mark = if right.contains(&at) { "right = true, " } else { "" };
        format!("{{ text = \"{text}\", {mark}why = \"W\" }}")
    };
    let all: Vec<String> = texts.iter().enumerate().map(option).collect();
    format!("options = [{}]", all.join(", "))
}

#[test]
fn no_kind_of_question_escapes() {
    let several = |right: &[usize]| {
        let texts = ["one", "two", "a long one", "another long one"];
        format!("kind = \"several\"\nprompt = \"Which?\"\n{}", options(right, &texts))
    };
    assert_eq!(habits(&[several(&[2, 3]), several(&[2, 3]), several(&[2, 3])]).len(), 1);
    let mixed = [several(&[0, 3]), several(&[2, 3]), several(&[1, 2])];
    assert_eq!(habits(&mixed), [""; 0]);
    let predict = |right: usize| {
        let texts = ["1", "2", "3", "1234"];
        let outputs = options(&[right], &texts);
        let prints = texts[right];
        format!(
            "kind = \"predict\"\nprompt = \"What?\"\nsnippet = \"print({prints})\\n\"\nstdout = \"{prints}\\n\"\n{outputs}"
        )
    };
    let said = habits(&[predict(3), predict(3), predict(0)]);
    assert!(said[0].contains("as in 66 % of the questions of its kind (`predict`)"), "{said:?}");
    assert_eq!(habits(&[predict(3), predict(1), predict(0)]), [""; 0]);
}

#[test]
fn statements_are_not_always_false() {
    let statement = |right: usize| {
        format!("kind = \"bool\"\nprompt = \"So?\"\n{}", options(&[right], &["True", "False"]))
    };
    let said = habits(&[statement(1), statement(1), statement(1), statement(0)]);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("the answer is `False`, as in 75 % of the statements"), "{said:?}");
    let even = [1, 0, 0, 1, 1].map(statement);
    assert_eq!(habits(&even), [""; 0]);
    assert_eq!(habits(&[statement(0), statement(0)]), [""; 0], "too few to tell");
}

#[test]
fn right_options_have_no_favourite_place() {
    let choice = |right: usize| {
        let texts = ["one", "two", "six", "ten"];
        format!("kind = \"choice\"\nprompt = \"Which?\"\n{}", options(&[right], &texts))
    };
    let even: Vec<String> = (0..12).map(|n| choice(n % 4)).collect();
    assert_eq!(habits(&even), [""; 0]);
    let uneven: Vec<String> = (0..12).map(|n| choice(if n < 6 { 1 } else { n % 3 })).collect();
    assert_eq!(
        habits(&uneven),
        [
            "of the 24 questions with 4 options 66 % have the right one in place 2; it should be 15 to 35 %",
            "of the 24 questions with 4 options 0 % have the right one in place 4; it should be 15 to 35 %",
        ]
    );
}
