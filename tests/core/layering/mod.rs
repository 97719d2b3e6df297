//! How the sources are laid: rules that no compiler checks, each with its reason.

mod codes;
mod imports;
mod size;

use std::fs;
use std::path::{Path, PathBuf};

/// One Rust file of the repository.
struct Source {
    /// As in `src/lot/mod.rs`.
    path: String,
    text: String,
}

impl Source {
    /// The module of the crate that the file belongs to: `lot` for all of `src/lot`.
    fn module(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap();
        inside.split_once(['/', '.']).unwrap().0
    }

    /// The lines that are not comments.
    fn code(&self) -> String {
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        self.text.lines().filter(is_code).collect::<Vec<_>>().join("\n")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below `folder`.
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

/// Every Rust file of the core: all but the boundary to JavaScript.
fn core() -> Vec<Source> {
    let mut core = sources("src");
    core.retain(|source| source.module() != "wasm");
    core
}

/// The names and numbers in some code, without what lies between them.
fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}
