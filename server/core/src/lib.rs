//! The engine of pygloss.
//!
//! Architecture invariant: nothing here knows the Language Server Protocol, an async runtime, a
//! file system or a clock. Positions are byte offsets; results are plain data.

pub mod analysis;
pub mod builtins;
pub mod cards;
pub mod content;
pub mod decorator;
pub mod document;
pub mod facts;
pub mod hints;
mod items;
mod lint;
pub mod markdown;
pub mod modules;
pub mod names;
pub mod practice;
pub mod predicates;
pub mod progress;
pub mod project;
pub mod quiz;
mod refactor;
mod requirements;
mod rules;
pub mod scope;
pub mod selection;
pub mod span;
pub mod subject;
mod suppress;
pub mod syntax;
pub mod text;
pub mod value;
pub mod version;
pub mod vocabulary;
pub mod walk;

pub use analysis::Settings;
pub use content::Library;
pub use document::Document;
pub use project::ProjectFile;
pub use span::Span;
pub use version::PythonVersion;
