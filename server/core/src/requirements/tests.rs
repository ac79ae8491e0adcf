use super::*;

fn names(found: Option<(Vec<Requirement>, bool)>) -> (String, bool) {
    let (found, is_complete) = found.expect("it can be read");
    let each = found.iter().map(|it| format!("{}:{}", it.line, it.name));
    (each.collect::<Vec<_>>().join(" "), is_complete)
}

#[test]
fn names_share_one_spelling() {
    assert_eq!(normalised("Flask_SQLAlchemy"), "flask-sqlalchemy");
    assert_eq!(normalised("zope.-interface"), "zope-interface");
}

#[test]
fn a_specifier_starts_with_a_name() {
    for (specifier, name) in [
        ("PyYAML", Some("pyyaml")),
        ("requests[socks] >= 2 ; python_version < '3.12'", Some("requests")),
        ("pip @ https://example.org/pip.zip", Some("pip")),
        ("a~=1.0", Some("a")),
        ("git+https://example.org/a.git", None),
        ("./local/a", None),
        ("-e .", None),
        ("a b", None),
        ("_a", None),
        ("", None),
    ] {
        assert_eq!(name_of(specifier).as_deref(), name, "{specifier}");
    }
}

#[test]
fn the_tables_of_a_project() {
    let text = "[project]\nname = 'app'\ndependencies = [\n  'PyYAML>=6',\n  \"requests\",\n]\n\
                [project.optional-dependencies]\nfast = ['numpy']\n\
                [dependency-groups]\ntest = ['pytest', {include-group = 'lint'}]\n";
    assert_eq!(names(in_project(text)), ("3:pyyaml 4:requests 7:numpy 9:pytest".into(), true));
    let text = "[project]\ndynamic = ['version', 'dependencies']\n";
    assert_eq!(names(in_project(text)), (String::new(), false));
    let text = "[project]\ndependencies = []\n[tool.poetry.dependencies]\na = '1'\n";
    assert_eq!(names(in_project(text)), (String::new(), false));
    assert_eq!(in_project("[tool.black]\n"), None);
    assert_eq!(in_project("[project\n"), None);
}

#[test]
fn the_lines_of_a_list() {
    let text = "# app\nPyYAML==6.0.1 \\\n    --hash=sha256:00\nrequests>=2  # web\n\n";
    assert_eq!(names(in_list(text)), ("1:pyyaml 3:requests".into(), true));
    assert_eq!(names(in_list("-r base.txt\na\n")), ("1:a".into(), false));
}
