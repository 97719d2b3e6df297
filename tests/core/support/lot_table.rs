//! Plays scenarios of a lot.

use core::mem::take;

use valet_park::lot::{LotEvent, LotEventKind};
use valet_park::{Action, Answer, Lot, LotOptions, Question};

use super::{DESK, Row, call, moment, parse_answer, rows, slot, uuid};

/// Plays a scenario and compares every answer and every event.
///
/// ```text
///   at    who  asks      answer
///   0:00  ann  park 4    parked 4 ann
///   3:00                 returned 4 ann
/// ```
///
/// A call that hangs up has `hang up` in the column `asks`. An answer ends with `again` if the call
/// was parked there before, and the lot reports no event. A return has its own line, before the
/// questions of the same moment.
///
/// The function plays the scenario twice: with a lot that is woken at every deadline, and with a
/// lot that learns the time only from questions.
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
    /// The events that the lot must report next.
    awaited: Vec<LotEvent>,
    is_woken: bool,
}

impl Play {
    #[track_caller]
    fn step(&mut self, row: &Row<'_>) {
        let now = moment(row.cells[0]);
        let &[_, who, asks, told] = row.cells.as_slice() else {
            let ending =
                row.cells[1].strip_prefix("returned ").expect("a row with two columns is a return");
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
            assert_eq!(answer, parse_answer(told), "{row}");
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

/// Returns the event of a row. `place` is a slot and a call, such as `4 ann`.
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

/// Returns the question of the call `who`. `asks` is an action and a slot, such as `park 4`.
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
