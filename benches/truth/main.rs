//! Measures how often a panel shows the truth, and how many requests that costs.
//!
//! The bench simulates a lot in use for two hundred hours, and one panel. The panel has a feed, or
//! polls with or without a list of free slots, or asks for all nine slots every five seconds, or is
//! closed. A question needs a live call. So the desk is in a call for 100, 40 or 10 percent of the
//! time. The desk parks half of its calls itself.
//!
//! Two figures belong together: the share of confirmed facts that are false, and the share of time
//! in which a slot is confirmed at all (the coverage). The bench also measures how long a change
//! stays unseen, and how many requests the panel sends. Time is virtual, so figures are the same on
//! any machine. The bench fails when a figure is worse than promised.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a bench may panic")]
#![allow(clippy::cast_precision_loss, reason = "the figures are rounded anyway")]

mod world;

use std::process::ExitCode;

use self::world::{Figures, ONE_WAY, SHARES, Setting, World};

/// One line of the table for each setting and share.
struct Line {
    setting: Setting,
    share: u64,
    figures: Figures,
}

fn main() -> ExitCode {
    let mut lines = Vec::new();
    println!("what a panel shows, and how many requests that costs");
    println!(
        "{:<30}{:>8}{:>11}{:>10}{:>10}{:>10}{:>10}",
        "", "in a", "false of", "coverage", "unseen", "unseen", "requests"
    );
    println!(
        "{:<30}{:>8}{:>11}{:>10}{:>10}{:>10}{:>10}",
        "", "call", "confirmed", "", "median", "99 in 100", "per hour"
    );
    for setting in Setting::ALL {
        for share in SHARES {
            let figures = World::new(setting, share).run();
            let name = if share == 100 { setting.name() } else { "" };
            println!(
                "{name:<30}{share:>6} %{:>9.2} %{:>8.1} %{:>8.1} s{:>8.1} s{:>10.1}",
                figures.false_share * 100.0,
                figures.coverage * 100.0,
                figures.rank(0.5),
                figures.rank(0.99),
                figures.per_hour,
            );
            lines.push(Line { setting, share, figures });
        }
    }
    let of = |setting| lines.iter().filter(move |line| line.setting == setting);
    let all = |setting, holds: fn(&Figures) -> bool| of(setting).all(|line| holds(&line.figures));
    let at_100 = |setting| &of(setting).find(|line| line.share == 100).unwrap().figures;
    let (feed, watched) = (at_100(Setting::Feed), at_100(Setting::Watched));
    let by_list = |holds| all(Setting::Watched, holds) && all(Setting::WatchedWithParked, holds);
    let round_trip = ONE_WAY.as_ms() as f64 * 2.0 / 1000.0;
    let promises = [
        ("with a feed a change shows within a round trip", feed.rank(0.99) <= round_trip),
        ("with a feed the panel sends at most 30 requests an hour", feed.per_hour <= 30.0),
        ("with a feed at most 0.1 % of what is confirmed is false", {
            all(Setting::Feed, |figures| figures.false_share <= 0.001)
        }),
        ("with a list at most 720 requests an hour", by_list(|one| one.per_hour <= 720.0)),
        (
            "slot by slot at most 720 requests an hour",
            all(Setting::WatchedWithoutList, |one| one.per_hour <= 720.0),
        ),
        ("with a list at most a ninth of the naive requests", {
            watched.per_hour * 9.0 <= at_100(Setting::Naive).per_hour
        }),
        ("with a list half of all changes show within 10 s", watched.rank(0.5) < 10.0),
        ("with a list at most 3 % of what is confirmed is false", {
            by_list(|figures| figures.false_share <= 0.03)
        }),
        ("slot by slot at most 11 % of what is confirmed is false", {
            all(Setting::WatchedWithoutList, |figures| figures.false_share <= 0.11)
        }),
        ("a closed panel sends no request", { all(Setting::Closed, Figures::asked_nothing) }),
    ];
    let mut kept = true;
    for (promise, is_kept) in promises {
        println!("{} {promise}", if is_kept { "✓" } else { "✗" });
        kept &= is_kept;
    }
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
