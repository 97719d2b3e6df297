//! Who may know whom, and what nobody may know.

use std::collections::{BTreeMap, BTreeSet};

use super::{core, sources, words};

const WORDS: [&str; 6] = ["slot", "call", "extension", "time", "budget", "error"];
const TALK: [&str; 4] = ["question", "answer", "event", "feed"];

/// What each module of the core may import. `error` quotes other people's texts for all, and
/// turns every error and refusal into one shape.
fn allowed(module: &str) -> BTreeSet<&'static str> {
    let mut allowed: Vec<&str> = match module {
        "slot" | "call" | "extension" => vec!["error"],
        "time" => vec![],
        "budget" => vec!["time"],
        "question" | "answer" | "event" => WORDS.to_vec(),
        "choice" => vec![],
        "feed" => [&WORDS[..], &TALK[..]].concat(),
        "error" | "wire" => [&WORDS[..], &TALK[..]].concat(),
        "lot" | "mirror" => [&WORDS[..], &TALK[..], &["choice"]].concat(),
        "lib" => [&WORDS[..], &TALK[..], &["wire", "lot", "mirror", "choice"]].concat(),
        other => panic!("say what the module `{other}` may import"),
    };
    allowed.extend(["wire", "lot", "mirror"].iter().filter(|machine| **machine == module));
    allowed.into_iter().collect()
}

/// Which module each name belongs to that `lib.rs` gives out as its own.
fn given_out() -> BTreeMap<String, String> {
    let lib = core().into_iter().find(|source| source.path == "src/lib.rs").unwrap().code();
    let uses = lib.split("pub use ").skip(1).map(|rest| rest.split(';').next().unwrap());
    uses.flat_map(|path| {
        let (module, names) = path.split_once("::").unwrap();
        let names: Vec<&str> = words(names).collect();
        names.into_iter().map(|name| (name.to_owned(), module.to_owned())).collect::<Vec<_>>()
    })
    .collect()
}

/// The first names after each `crate::`, also within braces.
fn imports(code: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let Some(group) = rest.strip_prefix('{') else {
            found.extend(words(rest).next());
            continue;
        };
        let (mut depth, mut start) = (0, 0);
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                ',' | '}' if depth == 0 => {
                    found.extend(words(&group[start..at]).next());
                    start = at + 1;
                }
                '}' => depth -= 1,
                _ => {}
            }
            if c == '}' && depth == 0 && start == at + 1 {
                break;
            }
        }
    }
    found
}

#[test]
fn each_module_imports_only_what_lies_below_it() {
    let given_out = given_out();
    assert_eq!(given_out.get("CallUuid").map(String::as_str), Some("call"), "lib.rs was read");
    for source in core().iter().filter(|source| source.path != "src/lib.rs") {
        let allowed = allowed(source.module());
        for name in imports(&source.code()) {
            let module = given_out.get(name).map_or(name, String::as_str);
            let what = if module == name { String::new() } else { format!(" ({name})") };
            assert!(
                allowed.contains(module) || module == source.module(),
                "{} imports {module}{what}, expected one of {allowed:?}",
                source.path
            );
        }
    }
}

#[test]
fn imports_are_found_however_they_are_written() {
    let code = "use crate::slot::Slot; use crate::{A, lot::{B, C}, d as e}; f(crate::G::new(h, I))";
    assert_eq!(imports(code), BTreeSet::from(["slot", "A", "lot", "d", "G"]));
}

/// Only the boundary and the tests put the machines together, so none names a type of another.
#[test]
fn wire_lot_and_mirror_do_not_know_each_other() {
    let machines = [
        ("wire", ["Dialect", "HttpReply", "HttpRequest"]),
        ("lot", ["Lot", "LotOptions", "LotEvent"]),
        ("mirror", ["Mirror", "MirrorOptions", "Effects"]),
    ];
    for source in core().iter().filter(|source| source.path != "src/lib.rs") {
        let code = source.code();
        for (_, names) in machines.iter().filter(|(machine, _)| *machine != source.module()) {
            let known = words(&code).find(|word| names.contains(word));
            assert_eq!(known, None, "{} names a type of another machine", source.path);
        }
    }
}

#[test]
fn the_core_reads_no_clock_draws_no_random_number_and_touches_nothing() {
    let banned = [
        ("Instant", "`now` is the first argument"),
        ("SystemTime", "`now` is the first argument"),
        ("getrandom", "a random choice comes from a seed"),
        ("rand", "a random choice comes from a seed"),
        ("RandomState", "a random choice comes from a seed"),
        ("new_v4", "a name comes from the switch"),
        ("now_v7", "a name comes from the switch"),
        ("fs", "the core acts on nothing"),
        ("net", "requests leave as values"),
        ("io", "the core acts on nothing"),
        ("env", "options come as arguments"),
        ("process", "the core acts on nothing"),
        ("thread", "the core waits for nothing"),
        ("thread_local", "the core holds no global"),
        ("OnceLock", "the core holds no global"),
        ("LazyLock", "the core holds no global"),
        ("Mutex", "the core holds no global"),
        ("println", "notices leave as values"),
        ("eprintln", "notices leave as values"),
        ("dbg", "notices leave as values"),
        ("unsafe", "nothing here is worth it"),
    ];
    for source in core() {
        let code = source.code();
        for word in words(&code) {
            let reason = banned.iter().find(|(name, _)| *name == word).map(|(_, reason)| reason);
            assert_eq!(reason, None, "{} has the word `{word}`", source.path);
        }
        // A constant is no global; a `static` is, and its lifetime of the same name is not.
        let global = code.lines().find(|line| {
            let line = line.trim_start();
            ["static ", "pub static ", "pub(crate) static ", "pub(super) static "]
                .iter()
                .any(|start| line.starts_with(start))
        });
        assert_eq!(global, None, "{} holds a global", source.path);
    }
}

#[test]
fn json_and_urls_exist_in_wire_alone() {
    let others = core().into_iter().filter(|source| source.module() != "wire");
    for source in others {
        let code = source.code().to_ascii_lowercase();
        for word in ["json", "http", "\"{\\\"", "{\\\"", "/extension/", "valet_park/", "percent"] {
            assert!(!code.contains(word), "{} knows of {word}", source.path);
        }
    }
}

#[test]
fn javascript_exists_in_wasm_alone() {
    for source in core() {
        for word in ["js_sys", "wasm_bindgen", "serde", "serde_wasm_bindgen", "JsValue", "JsError"]
        {
            let code = source.code();
            assert!(!words(&code).any(|known| known == word), "{} knows {word}", source.path);
        }
        let knows_wasm = words(&source.code()).any(|word| word == "wasm");
        assert_eq!(knows_wasm, source.path == "src/lib.rs", "{} and the boundary", source.path);
    }
}

#[test]
fn every_file_is_part_of_the_crate() {
    for source in sources("src").iter().filter(|source| source.path != "src/lib.rs") {
        let (folder, file) = source.path.rsplit_once('/').unwrap();
        let (parents, name) = match (folder, file.strip_suffix(".rs").unwrap()) {
            ("src", name) => (vec!["src/lib.rs".to_owned()], name),
            (folder, "mod") => (vec!["src/lib.rs".to_owned()], folder.rsplit_once('/').unwrap().1),
            (folder, name) => (vec![format!("{folder}/mod.rs"), format!("{folder}.rs")], name),
        };
        let declaration = format!("mod {name};");
        let is_declared = sources("src")
            .iter()
            .filter(|source| parents.contains(&source.path))
            .any(|parent| parent.code().lines().any(|line| line.trim().ends_with(&declaration)));
        assert!(is_declared, "{} is declared by no `{declaration}` in {parents:?}", source.path);
    }
}
