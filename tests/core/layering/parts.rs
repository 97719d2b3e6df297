//! The parts of a mirror use each other in one direction only.

use super::{core, words};

/// The parts, each of which may use only the ones before it.
const PARTS: [&str; 4] = ["belief", "roster", "poller", "commands"];

/// The types of [`Mirror`](valet_park::Mirror), which combines the parts.
const WHOLE: [&str; 3] = ["Mirror", "Input", "Effects"];

#[test]
fn a_part_of_the_mirror_uses_only_the_parts_before_it() {
    for source in core() {
        let Some(inside) = source.path.strip_prefix("src/mirror/") else { continue };
        let place = PARTS.iter().position(|part| inside.starts_with(&format!("{part}/")));
        let Some(place) = place else { continue };
        let code = source.code();
        let later = PARTS.get(place + 1..).unwrap();
        let from_later = |line: &&str| later.iter().any(|part| line.contains(&format!("{part}::")));
        let uses = |line: &&str| line.starts_with("use ") || line.contains("mirror::");
        let found = code.lines().filter(uses).find(from_later);
        assert_eq!(found, None, "{} uses a later part", source.path);
        let whole = words(&code).find(|word| WHOLE.contains(word));
        assert_eq!(whole, None, "{} uses the whole mirror", source.path);
    }
}
