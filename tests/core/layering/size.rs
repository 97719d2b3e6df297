//! How long a file and a line may be.

use super::{Source, core, sources};

fn everything() -> impl Iterator<Item = Source> {
    ["src", "tests/core", "benches"].into_iter().flat_map(sources)
}

#[test]
fn a_file_can_be_read_at_one_sitting() {
    for source in everything() {
        let lines = source.text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines, expected at most 400", source.path);
    }
}

#[test]
fn a_line_fits_beside_another() {
    for source in everything() {
        for (number, line) in source.text.lines().enumerate() {
            let columns = line.chars().count();
            let place = format!("{}:{}", source.path, number + 1);
            assert!(columns <= 100, "{place} has {columns} columns, expected at most 100");
        }
    }
}

#[test]
fn every_file_says_first_what_it_is_for() {
    for source in core() {
        assert!(source.text.starts_with("//! "), "{} starts without a word on itself", source.path);
    }
}

#[test]
fn nothing_is_left_for_later() {
    let marks = ["TO".to_owned() + "DO", "FIX".to_owned() + "ME", "XX".to_owned() + "X"];
    let stubs = ["todo".to_owned() + "!", "unimplemented".to_owned() + "!"];
    for source in everything() {
        for mark in marks.iter().chain(&stubs) {
            assert!(!source.text.contains(mark.as_str()), "{} has a {mark}", source.path);
        }
    }
}
