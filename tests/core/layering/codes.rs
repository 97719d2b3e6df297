//! Rust and TypeScript list the same error codes.

use std::collections::BTreeSet;
use std::fs;

use valet_park::{Code, RefusalCode};

use super::root;

/// Returns the members of the string union `name` in a TypeScript file.
fn union(file: &str, name: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join("src/client").join(file)).unwrap();
    let start = format!("export type {name} =");
    let (_, rest) = text.split_once(&start).unwrap_or_else(|| panic!("{file} has a type {name}"));
    let members = rest.split(';').next().unwrap().lines().map(str::trim);
    let quoted = members.filter_map(|line| line.strip_prefix("| '")?.strip_suffix('\''));
    quoted.map(str::to_owned).collect()
}

fn words<'a>(codes: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    codes.map(str::to_owned).collect()
}

#[test]
fn every_refusal_has_the_same_word_in_both_languages() {
    let ours = words(RefusalCode::ALL.iter().map(|code| code.as_str()));
    assert_eq!(union("types.ts", "RefusalCode"), ours);
}

#[test]
fn every_other_error_has_the_same_word_in_both_languages() {
    let ours = words(Code::OTHERS.iter().map(|code| code.as_str()));
    assert_eq!(union("error.ts", "ErrorCode"), ours, "beside the refusals");
}
