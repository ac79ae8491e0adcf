//! Cards that follow an import into another file of the workspace.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::Client;
use crate::process::program;

/// A decorator whose wrapper has this name.
fn decorator(wrapper: &str) -> String {
    format!("def log(func):\n    def {wrapper}():\n        return func()\n    return {wrapper}\n")
}

const APP: &str = "from lib.utils import log\n\n\n@log\ndef api_call(): ...\n";

/// The place of `@log` in [`APP`].
const LOG: (u32, u32) = (3, 2);

/// A folder with the decorator in `lib/utils.py`.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("lib")).unwrap();
    fs::write(folder.path().join("lib/utils.py"), decorator("first")).unwrap();
    folder
}

fn uri(folder: &Path, path: &str) -> String {
    format!("file://{}/{path}", folder.display())
}

fn parameters(folder: &Path) -> Value {
    json!({
        "processId": null,
        "workspaceFolders": [{ "uri": format!("file://{}", folder.display()), "name": "w" }],
        "capabilities": {},
    })
}

/// A session with the folder, and `app.py` open in it.
fn session(folder: &Path) -> (Client, String) {
    let mut client = Client::start_with(parameters(folder));
    let app = uri(folder, "app.py");
    client.open(&app, APP);
    (client, app)
}

fn says(client: &mut Client, app: &str, expected: &str) {
    let words = client.hover_text(app, LOG);
    assert!(words.contains(expected), "{expected}: {words}");
}

#[test]
fn a_card_names_the_file_that_it_speaks_of() {
    let folder = folder();
    let (mut client, app) = session(folder.path());
    says(&mut client, &app, "first from line 2 of lib/utils.py");
    says(&mut client, &app, "api_call.__name__ is 'first'");
}

#[test]
fn what_is_open_comes_before_the_disk() {
    let folder = folder();
    let (mut client, app) = session(folder.path());
    let utils = uri(folder.path(), "lib/utils.py");
    client.open(&utils, &decorator("second"));
    says(&mut client, &app, "'second'");
    client.change(&utils, 2, json!([{ "text": decorator("third") }]));
    says(&mut client, &app, "'third'");
    client.close(&utils);
    says(&mut client, &app, "'first'");
}

#[test]
fn changes_on_the_disk_are_noticed() {
    let folder = folder();
    let utils = folder.path().join("lib/utils.py");
    let (mut client, app) = session(folder.path());
    says(&mut client, &app, "'first'");
    fs::write(&utils, decorator("other")).unwrap();
    says(&mut client, &app, "'other'");
    fs::remove_file(&utils).unwrap();
    says(&mut client, &app, "not known");
    fs::write(&utils, decorator("again")).unwrap();
    says(&mut client, &app, "'again'");
    // A second module of that name: which one is meant is not certain.
    fs::create_dir_all(folder.path().join("src/lib")).unwrap();
    fs::write(folder.path().join("src/lib/utils.py"), decorator("twin")).unwrap();
    says(&mut client, &app, "not known");
}

#[test]
fn what_a_star_import_brings_follows_the_other_file() {
    let folder = folder();
    let (utils, core) = (folder.path().join("lib/utils.py"), folder.path().join("lib/core.py"));
    let mut client = Client::start_with(parameters(folder.path()));
    let app = uri(folder.path(), "app.py");
    client.open(&app, &APP.replace("import log", "import *"));
    says(&mut client, &app, "'first'");
    // An editor shows another text than the disk.
    let open = uri(folder.path(), "lib/utils.py");
    client.open(&open, &format!("__all__ = []\n{}", decorator("second")));
    says(&mut client, &app, "not known");
    let listed = format!("__all__ = []\n__all__ += ['log']\n{}", decorator("third"));
    client.change(&open, 2, json!([{ "text": listed }]));
    says(&mut client, &app, "'third'");
    client.close(&open);
    says(&mut client, &app, "'first'");
    // What a file passes on that is changed on the disk.
    fs::write(&core, decorator("inner")).unwrap();
    fs::write(&utils, "from .core import *\n").unwrap();
    says(&mut client, &app, "'inner'");
    fs::write(&core, format!("if x:\n    log = None\n{}", decorator("inner"))).unwrap();
    says(&mut client, &app, "not known");
    fs::write(&core, decorator("again")).unwrap();
    says(&mut client, &app, "'again'");
    fs::write(&utils, "from .core import *\nfrom numpy import *\n").unwrap();
    says(&mut client, &app, "not known");
    fs::write(&utils, format!("from .core import *\n{}", decorator("own"))).unwrap();
    says(&mut client, &app, "'own'");
}

/// Definitions of each kind, of which the words in angle brackets are to be filled in.
const KIT: &str = "def register(cls):\n    return <cls>\n\n\n\
                   class Quiet:\n    def __enter__(self): ...\n    \
                   def __exit__(self, *exc):\n        return <True>\n\n\n\
                   def numbers():\n    <yield 1>\n\n\n\
                   class Meta(type):\n    def __<new>__(mcls, *args): ...\n";

/// A use of each of them; the lines below count on it.
const USES: &str = "from lib.kit import Meta, Quiet, numbers, register\n\
                    @register\nclass A: ...\n\
                    with Quiet():\n    pass\n\
                    for n in numbers():\n    pass\n\
                    class B(metaclass=Meta): ...\n";

#[test]
fn facts_of_all_kinds_follow_the_other_file() {
    let kit = |words: [&str; 4]| {
        let holes = ["<cls>", "<True>", "<yield 1>", "<new>"];
        holes.iter().zip(words).fold(KIT.to_owned(), |text, (hole, word)| text.replace(hole, word))
    };
    let places = [(2, 6), (3, 1), (5, 1), (7, 1)];
    let before = ["cls", "True", "yield 1", "new"];
    let after = ["None", "False", "return [1]", "init"];
    let said = [
        "register returns the class that it gets",
        "Every exception of the block is dropped",
        "Each next runs the body of numbers",
        "__new__ of Meta on line 16 of lib/kit.py",
    ];
    let unsaid = [
        "returns nothing, so what comes back is None",
        "An exception of the block passes on",
        "Calls iter once on numbers()",
        "__init__ of Meta on line 16 of lib/kit.py",
    ];
    let folder = folder();
    let path = folder.path().join("lib/kit.py");
    fs::write(&path, kit(before)).unwrap();
    let mut client = Client::start_with(parameters(folder.path()));
    let app = uri(folder.path(), "app.py");
    client.open(&app, USES);
    let all = |client: &mut Client, expected: [&str; 4], gone: [&str; 4]| {
        for ((place, expected), gone) in places.into_iter().zip(expected).zip(gone) {
            let words = client.hover_text(&app, place);
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains(expected), "{expected}: {words}");
            // How the loop begins is said of any iterable.
            assert!(gone.starts_with("Calls") || !words.contains(gone), "{gone}: {words}");
        }
    };
    all(&mut client, said, unsaid);
    fs::write(&path, kit(after)).unwrap();
    all(&mut client, unsaid, said);
    let open = uri(folder.path(), "lib/kit.py");
    client.open(&open, &kit(before));
    all(&mut client, said, unsaid);
    client.change(&open, 2, json!([{ "text": kit(after) }]));
    all(&mut client, unsaid, said);
}

#[test]
fn a_circle_of_imports_ends() {
    let folder = folder();
    fs::write(folder.path().join("lib/utils.py"), "from lib.more import log\n").unwrap();
    fs::write(folder.path().join("lib/more.py"), "from lib.utils import log\n").unwrap();
    let (mut client, app) = session(folder.path());
    says(&mut client, &app, "not known");
}

#[test]
fn nothing_is_read_without_a_folder_around_the_file() {
    let folder = folder();
    let app = uri(folder.path(), "app.py");
    let mut client = Client::start(json!({}));
    client.open(&app, APP);
    says(&mut client, &app, "not known");
    let mut client = Client::start_with(parameters(&folder.path().join("lib")));
    client.open(&app, APP);
    says(&mut client, &app, "not known");
}

#[test]
fn a_pipe_does_not_stop_the_server() {
    let folder = folder();
    let utils = folder.path().join("lib/utils.py");
    fs::remove_file(&utils).unwrap();
    assert!(Command::new("mkfifo").arg(&utils).status().unwrap().success());
    let (mut client, app) = session(folder.path());
    says(&mut client, &app, "not known");
}

#[test]
fn of_many_files_only_the_one_that_is_meant_is_opened() {
    let folder = folder();
    let many = folder.path().join("many");
    fs::create_dir(&many).unwrap();
    for number in 0..5_000 {
        fs::write(many.join(format!("m{number}.py")), "x = 1\n").unwrap();
    }
    let traces = tempfile::tempdir().unwrap();
    let trace = traces.path().join("trace");
    let is_there = Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_ok();
    assert!(is_there, "this test needs `strace`: apt-get install strace");
    let mut command = Command::new("strace");
    command.args(["-f", "-s", "4096", "-e", "trace=open,openat,openat2,getdents64", "-o"]);
    command.arg(&trace).arg(program());
    let mut client = Client::spawn_deaf(&mut command).listen();
    client.initialize(parameters(folder.path()));
    let app = uri(folder.path(), "app.py");
    client.open(&app, APP);
    client.open(&uri(folder.path(), "many/m1.py"), "import many.m2\nx = many.m2.x\n");
    says(&mut client, &app, "'first'");
    assert_eq!(client.finish(), 0);
    let calls = fs::read_to_string(&trace).unwrap();
    let inside = folder.path().display().to_string();
    let opened: Vec<_> = calls.lines().filter(|call| call.contains(&inside)).collect();
    assert_eq!(opened.len(), 1, "{opened:#?}");
    assert!(opened[0].contains("lib/utils.py"), "{opened:#?}");
}

#[test]
fn an_import_is_held_against_the_project_as_it_is_in_the_editor() {
    let folder = tempfile::tempdir().unwrap();
    let packages = folder.path().join(".venv/lib/python3.11/site-packages");
    fs::create_dir_all(packages.join("yaml")).unwrap();
    fs::write(folder.path().join(".venv/pyvenv.cfg"), "version = 3.11.2\n").unwrap();
    let project = "[project]\nname = \"app\"\ndependencies = []\n";
    fs::write(folder.path().join("pyproject.toml"), project).unwrap();
    let mut client = Client::start_with(parameters(folder.path()));
    let app = uri(folder.path(), "app.py");
    client.open(&app, "import yaml\n");
    let words = client.hover_text(&app, (0, 8));
    assert!(words.contains("No requirement for it in pyproject.toml"), "{words}");
    assert!(words.contains("has it: .venv/lib/python3.11/site-packages/yaml"), "{words}");
    let toml = uri(folder.path(), "pyproject.toml");
    let text = "[project]\nname = \"app\"\ndependencies = [\n    \"pyyaml>=6\",\n]\n";
    let document = json!({ "uri": toml, "languageId": "toml", "version": 1, "text": text });
    client.notify("textDocument/didOpen", json!({ "textDocument": document }));
    let words = client.hover_text(&app, (0, 8));
    assert!(words.contains("asks for pyyaml>=6 (line 4 of pyproject.toml)"), "{words}");
}
