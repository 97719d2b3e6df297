//! Limits on the length of files and lines, and other rules for every file.

use super::{Source, core, sources};

fn all_files() -> impl Iterator<Item = Source> {
    ["src", "tests", "benches"].into_iter().flat_map(sources)
}

#[test]
fn a_file_has_at_most_400_lines() {
    for source in all_files() {
        let lines = source.text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines, expected at most 400", source.path);
    }
}

#[test]
fn a_line_has_at_most_100_columns() {
    for source in all_files() {
        for (number, line) in source.text.lines().enumerate() {
            let columns = line.chars().count();
            let place = format!("{}:{}", source.path, number + 1);
            assert!(columns <= 100, "{place} has {columns} columns, expected at most 100");
        }
    }
}

#[test]
fn every_file_of_the_core_starts_with_a_doc_comment() {
    for source in core() {
        assert!(source.text.starts_with("//! "), "{} does not start with `//! `", source.path);
    }
}

#[test]
fn no_file_contains_unfinished_work() {
    let marks = ["TO".to_owned() + "DO", "FIX".to_owned() + "ME", "XX".to_owned() + "X"];
    let stubs = ["todo".to_owned() + "!", "unimplemented".to_owned() + "!"];
    for source in all_files() {
        for mark in marks.iter().chain(&stubs) {
            assert!(!source.text.contains(mark.as_str()), "{} has a {mark}", source.path);
        }
    }
}
