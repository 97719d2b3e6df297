//! The core uses no clock, no randomness, no I/O and no globals. Only `wire` knows formats.
//!
//! The tests in `tests/seams` check that `wire`, `lot` and `mirror` do not use each other.

use super::{core, sources, words};

/// Words that must not appear in the core, each with the reason.
const BANNED: [(&str, &str); 21] = [
    ("Instant", "`now` is the first argument"),
    ("SystemTime", "`now` is the first argument"),
    ("getrandom", "a seed decides every random choice"),
    ("rand", "a seed decides every random choice"),
    ("RandomState", "a seed decides every random choice"),
    ("new_v4", "only the switch names calls"),
    ("now_v7", "only the switch names calls"),
    ("fs", "the core performs no I/O"),
    ("net", "requests leave the core as values"),
    ("io", "the core performs no I/O"),
    ("env", "options are arguments"),
    ("process", "the core performs no I/O"),
    ("thread", "the core never waits"),
    ("thread_local", "the core holds no global"),
    ("OnceLock", "the core holds no global"),
    ("LazyLock", "the core holds no global"),
    ("Mutex", "the core holds no global"),
    ("println", "notices leave the core as values"),
    ("eprintln", "notices leave the core as values"),
    ("dbg", "notices leave the core as values"),
    ("unsafe", "nothing in the core needs it"),
];

#[test]
fn the_core_uses_no_clock_no_randomness_no_io_and_no_unsafe_code() {
    for source in core() {
        for word in words(&source.code()) {
            let reason = BANNED.iter().find(|(name, _)| *name == word).map(|(_, reason)| reason);
            assert_eq!(reason, None, "{} has the word `{word}`", source.path);
        }
    }
}

#[test]
fn the_core_holds_no_global() {
    let starts = ["static ", "pub static ", "pub(crate) static ", "pub(super) static "];
    for source in core() {
        let code = source.code();
        let is_global = |line: &&str| starts.iter().any(|start| line.trim().starts_with(start));
        assert_eq!(code.lines().find(is_global), None, "{} holds a global", source.path);
    }
}

#[test]
fn only_wire_knows_json_and_urls() {
    for source in core().iter().filter(|source| source.module() != "wire") {
        let code = source.code().to_ascii_lowercase();
        for word in ["json", "http", "\"{\\\"", "{\\\"", "/extension/", "valet_park/", "percent"] {
            assert!(!code.contains(word), "{} contains `{word}`", source.path);
        }
    }
}

#[test]
fn only_wasm_knows_javascript() {
    let banned = ["js_sys", "wasm_bindgen", "serde", "serde_wasm_bindgen", "JsValue", "JsError"];
    for source in core() {
        let code = source.code();
        let found = words(&code).find(|word| banned.contains(word));
        assert_eq!(found, None, "{} uses a crate of the JavaScript boundary", source.path);
    }
}

#[test]
fn every_file_is_part_of_the_crate() {
    let sources = sources("src");
    for source in sources.iter().filter(|source| source.path != "src/lib.rs") {
        let path = source.path.trim_end_matches(".rs").trim_end_matches("/mod");
        let (folder, name) = path.rsplit_once('/').unwrap();
        let parents =
            [format!("{folder}/lib.rs"), format!("{folder}/mod.rs"), format!("{folder}.rs")];
        let declaration = format!("mod {name};");
        let is_declared = sources
            .iter()
            .filter(|source| parents.contains(&source.path))
            .any(|parent| parent.code().lines().any(|line| line.ends_with(&declaration)));
        assert!(is_declared, "{} is declared in none of {parents:?}", source.path);
    }
}
