//! Rules about the source files that no compiler checks.

mod parts;
mod purity;
mod size;

use std::fs;
use std::path::{Path, PathBuf};

/// One Rust file of the repository.
struct Source {
    /// The path from the root of the repository, such as `src/lot/mod.rs`.
    path: String,
    text: String,
}

impl Source {
    /// The top-level module that the file belongs to. It is `lot` for all files in `src/lot`.
    fn module(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap();
        inside.split_once(['/', '.']).unwrap().0
    }

    /// The text without lines that are comments.
    fn code(&self) -> String {
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        self.text.lines().filter(is_code).collect::<Vec<_>>().join("\n")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns all Rust files in `folder` and its subfolders.
fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                found.push(Source { path, text });
            }
        }
    }
    assert!(!found.is_empty(), "there are Rust files in {folder}");
    found
}

/// Returns all Rust files of the core. The JavaScript boundary is not part of the core.
fn core() -> Vec<Source> {
    let mut core = sources("src");
    core.retain(|source| source.module() != "wasm");
    core
}

/// Splits code into names and numbers; drops punctuation and spaces.
fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}
