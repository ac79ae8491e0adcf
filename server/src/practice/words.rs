//! What is said about exercises in general. What is said about one is in its pack.

use pygloss_core::practice::{Open, OpenGoal};

/// The button of a prompt that shows the solution.
pub const GIVE_UP: &str = "Show the solution";
/// The button that leaves it.
pub const GO_ON: &str = "Go on";
/// Asks before the solution is shown.
pub const ASK_GIVE_UP: &str =
    "The exercise is not passed yet. With the solution shown it counts as given up.";
/// Asks before an exercise begins anew.
pub const ASK_RESET: &str = "Begin this exercise anew?";
/// The button that does so.
pub const RESET: &str = "Begin anew";

/// What is still to be done, as plain text with back-ticks around code.
pub fn said(open: &OpenGoal<'_>) -> String {
    match open.what {
        Open::Goal(goal) => goal.message.clone(),
        Open::Missing(goal) => {
            let name = goal.within.as_deref().unwrap_or_default();
            format!("{} (There is to be one `{name}`.)", goal.message)
        }
        Open::Changed(name) => format!("`{name}` is to stay as it was."),
        Open::NotPython => "This is no Python yet; the goals are looked at when it is.".to_owned(),
    }
}

/// Said once when nothing is open any more. Short: an editor may have one line for it.
pub fn passed(title: &str) -> String {
    format!("pygloss: passed: {title}")
}
