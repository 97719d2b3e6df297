//! Scenarios of a lot.

use core::mem::take;

use valet_park::lot::{LotEvent, LotEventKind};
use valet_park::{Action, Answer, Lot, LotOptions, Question};

use super::{DESK, Row, call, hear, moment, rows, slot, uuid};

/// Plays a scenario to the letter.
///
/// ```text
///   at    who  asks      is told
///   0:00  ann  park 4    parked 4 ann
///   3:00                 returned 4 ann
/// ```
///
/// Who hangs up `asks` to `hang up`. A call that parks where it waits already is told so `again`,
/// and nothing else happens. A return has a line of its own, before anything asked at that moment.
/// The scenario is played twice: with a switch that is woken for every deadline, and with one that
/// only ever looks at the clock when it is asked something.
#[track_caller]
pub(crate) fn play(options: LotOptions, scenario: &str) {
    for is_woken in [true, false] {
        let mut play = Play { lot: Lot::new(options), awaited: Vec::new(), is_woken };
        for row in rows(scenario) {
            play.step(&row);
        }
        if let Some(last) = rows(scenario).last() {
            play.lot.advance(moment(last.cells[0]));
        }
        let told = play.lot.take_events();
        assert_eq!(told, play.awaited, "at the end of the scenario");
    }
}

struct Play {
    lot: Lot,
    /// What the lot has to tell before anything else.
    awaited: Vec<LotEvent>,
    is_woken: bool,
}

impl Play {
    #[track_caller]
    fn step(&mut self, row: &Row<'_>) {
        let now = moment(row.cells[0]);
        let &[_, who, asks, told] = row.cells.as_slice() else {
            let ending = row.cells[1].strip_prefix("returned ").expect("only returns come alone");
            self.awaited.push(event(LotEventKind::Returned, row, ending));
            if self.is_woken {
                self.lot.advance(now);
                assert_eq!(self.lot.take_events(), take(&mut self.awaited), "{row}");
            }
            return;
        };
        if asks == "hang up" {
            self.lot.hangup(now, &uuid(who));
            if let Some(ending) = told.strip_prefix("abandoned ") {
                self.awaited.push(event(LotEventKind::Abandoned, row, ending));
            }
        } else {
            let (told, is_news) = match told.strip_suffix(" again") {
                Some(told) => (told, false),
                None => (told, true),
            };
            let answer = self.lot.ask(now, &question(who, asks));
            assert_eq!(answer, hear(told), "{row}");
            let kind = match answer {
                Answer::Parked { .. } if is_news => Some(LotEventKind::Parked),
                Answer::Bridged { .. } => Some(LotEventKind::Bridged { by: call(who) }),
                _ => None,
            };
            let place = || told.split_once(' ').unwrap().1;
            self.awaited.extend(kind.map(|kind| event(kind, row, place())));
        }
        assert_eq!(self.lot.take_events(), take(&mut self.awaited), "{row}");
    }
}

/// An event at the moment of its row; `place` is the slot and the call, as in `4 ann`.
#[track_caller]
fn event(kind: LotEventKind, row: &Row<'_>, place: &str) -> LotEvent {
    let (number, who) = place.split_once(' ').unwrap();
    LotEvent {
        kind,
        at: moment(row.cells[0]),
        slot: slot(number.parse().unwrap()),
        call: call(who),
        extension: DESK.parse().unwrap(),
    }
}

/// What `who` asks when it asks to `park 4`.
#[track_caller]
pub(crate) fn question(who: &str, asks: &str) -> Question {
    let (action, number) = match asks.split_once(' ') {
        Some((action, number)) => (action, Some(number.parse().unwrap())),
        None => (asks, None),
    };
    Question {
        extension: DESK.parse().unwrap(),
        call: call(who),
        action: action.parse::<Action>().unwrap(),
        slot: number,
    }
}
