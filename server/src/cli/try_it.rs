//! `pygloss try`: the bundled tour in an editor with the client loaded, else in the terminal.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::ValueEnum;
use include_dir::{Dir, include_dir};

use super::tour;

/// Where the tour is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Editor {
    /// Visual Studio Code
    Code,
    /// Neovim 0.11 or later
    Nvim,
    /// No editor: this terminal
    Terminal,
}

static NVIM_CLIENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/editors/nvim");

/// The line of the tour where the editor opens it, from 1.
const LINE: usize = 21;

/// Runs the tour. Without a terminal it is printed.
///
/// # Errors
/// When the terminal or the scratch folder cannot be read or written.
pub fn run(out: &mut impl Write, wanted: Option<Editor>) -> io::Result<i32> {
    let at_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    match wanted {
        Some(Editor::Terminal) => in_terminal(out, at_terminal),
        Some(Editor::Nvim) => match nvim() {
            Ok(program) => in_nvim(&program),
            Err(reason) => Ok(super::fail(&reason)),
        },
        Some(Editor::Code) => match find("code") {
            Some(program) => in_code(out, &program),
            None => Ok(super::fail(&"there is no `code` on the PATH")),
        },
        None if !at_terminal => in_terminal(out, false),
        None => {
            if let Some(program) = find("code").filter(|_| client_sources().is_some()) {
                return in_code(out, &program);
            }
            match nvim() {
                Ok(program) => in_nvim(&program),
                Err(reason) => {
                    writeln!(
                        out,
                        "No editor for the tour ({reason}); here it is in the terminal."
                    )?;
                    in_terminal(out, true)
                }
            }
        }
    }
}

fn in_terminal(out: &mut impl Write, at_terminal: bool) -> io::Result<i32> {
    if at_terminal { tour::run(out, Some(&mut io::stdin().lock())) } else { tour::run(out, None) }
}

/// A new folder with the tour's file in it.
fn scratch() -> io::Result<(PathBuf, PathBuf)> {
    let library = crate::builtin::library();
    let tours = library.concepts().filter(|(_, concept)| !concept.tour.is_empty());
    let folder = (0..1000)
        .map(|number| env::temp_dir().join(format!("pygloss-tour-{}-{number}", std::process::id())))
        .find(|folder| fs::create_dir(folder).is_ok())
        .ok_or_else(|| io::Error::other("no scratch folder can be made in the temporary folder"))?;
    let mut first = None;
    for (_, concept) in tours {
        let file = folder.join(format!("{}.py", concept.id));
        fs::write(&file, &concept.tour)?;
        first.get_or_insert(file);
    }
    let file = first.ok_or_else(|| io::Error::other("no pack has a tour"))?;
    Ok((folder, file))
}

/// A Neovim that is new enough, or why there is none.
fn nvim() -> Result<PathBuf, String> {
    let program = find("nvim").ok_or("there is no `nvim` or `code` on the PATH")?;
    let output = Command::new(&program).arg("--version").output().map_err(|e| e.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let version = text.lines().next().unwrap_or_default();
    let minor = version.split('.').nth(1).and_then(|minor| minor.parse::<u32>().ok());
    let is_major_0 = version.starts_with("NVIM v0.");
    if is_major_0 && minor.is_none_or(|minor| minor < 11) {
        return Err(format!("{version} is older than 0.11"));
    }
    Ok(program)
}

fn in_nvim(program: &Path) -> io::Result<i32> {
    let (folder, file) = scratch()?;
    let client = folder.join(".client");
    fs::create_dir(&client)?;
    NVIM_CLIENT.extract(&client)?;
    let server = env::current_exe()?;
    let lua = format!(
        "lua vim.g.pygloss = {{ cmd = {{ {}, 'serve', '--stdio' }} }}",
        lua_string(&server.to_string_lossy())
    );
    let status = Command::new(program)
        .arg("--cmd")
        .arg(lua)
        .arg("--cmd")
        .arg(format!(
            "set runtimepath^={}",
            client.display().to_string().replace([' ', ','], "\\ ")
        ))
        .arg(format!("+{LINE}"))
        .arg(&file)
        .current_dir(&folder)
        .status()?;
    Ok(status.code().unwrap_or(1))
}

/// A Lua string literal.
fn lua_string(text: &str) -> String {
    let mut out = String::from("'");
    for char in text.chars() {
        if matches!(char, '\\' | '\'') {
            out.push('\\');
        }
        out.push(char);
    }
    out.push('\'');
    out
}

/// The sources of the VS Code client, where the program was built from them.
fn client_sources() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode");
    folder.join("package.json").is_file().then_some(folder)
}

fn in_code(out: &mut impl Write, program: &Path) -> io::Result<i32> {
    let Some(sources) = client_sources() else {
        return Ok(super::fail(&"the VS Code client is not here; run this from a checkout"));
    };
    let Some(npm) = find("npm") else {
        return Ok(super::fail(
            &"the VS Code client is built with `npm`, which is not on the PATH",
        ));
    };
    let (folder, file) = scratch()?;
    let package = folder.join("pygloss.vsix");
    writeln!(out, "Building the VS Code client …")?;
    out.flush()?;
    let server: OsString = env::current_exe()?.into();
    let steps: [Vec<OsString>; 2] = [
        ["ci", "--no-audit", "--no-fund"].map(OsString::from).to_vec(),
        vec!["run".into(), "package".into(), "--".into(), server, package.clone().into()],
    ];
    for arguments in steps {
        let done = Command::new(&npm)
            .args(arguments)
            .current_dir(&sources)
            .stdout(Stdio::null())
            .status()?;
        if !done.success() {
            return Ok(super::fail(&"the VS Code client could not be built"));
        }
    }
    // Folders of its own: the reader's VS Code is not changed.
    let own: Vec<OsString> = vec![
        "--extensions-dir".into(),
        folder.join(".extensions").into(),
        "--user-data-dir".into(),
        folder.join(".user").into(),
    ];
    let installed = Command::new(program)
        .args(&own)
        .arg("--install-extension")
        .arg(&package)
        .stdout(Stdio::null())
        .status()?;
    if !installed.success() {
        return Ok(super::fail(&"VS Code did not take the client"));
    }
    let goto = format!("{}:{LINE}:2", file.display());
    let status = Command::new(program)
        .args(&own)
        .args(["--new-window", "--disable-workspace-trust"])
        .arg(&folder)
        .args(["--goto", &goto])
        .status()?;
    Ok(status.code().unwrap_or(1))
}

/// The program of that name on the PATH.
fn find(name: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
    env::split_paths(&env::var_os("PATH")?)
        .flat_map(|folder| endings.iter().map(move |ending| folder.join(format!("{name}{ending}"))))
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tour_gets_a_folder_of_its_own() {
        let (one, file) = scratch().unwrap();
        let (other, _) = scratch().unwrap();
        assert_ne!(one, other);
        let line = fs::read_to_string(file).unwrap().lines().nth(LINE - 1).unwrap().to_owned();
        assert!(line.starts_with("@rate_limit("), "{line}");
        fs::remove_dir_all(one).unwrap();
        fs::remove_dir_all(other).unwrap();
    }

    #[test]
    fn paths_are_quoted_for_lua() {
        assert_eq!(lua_string(r"C:\it's"), r"'C:\\it\'s'");
    }
}
