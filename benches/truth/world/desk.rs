//! The desk in the simulation: its calls, and the answers to its questions.

use std::sync::Arc;

use valet_park::mirror::{Command, CommandId, Input};
use valet_park::{Action, Answer, CallApiId, CallEvent, Question, Refusal, RefusalCode};

use super::{Event, Setting, TALK, WAITS, World};

impl World {
    /// Ends the live call of the desk: every second call is parked, the others hang up.
    pub(super) fn end_talk(&mut self) {
        let Some(call) = self.desk.take() else { return };
        let idle = self.about(TALK * (100 - self.share) / self.share);
        self.plan(idle, Event::Talk);
        let has_panel = !matches!(self.setting, Setting::Naive | Setting::Closed);
        if self.born.is_multiple_of(2) && has_panel {
            self.commands += 1;
            let park = Command::Park { call: call.clone(), slot: None };
            self.drive(Input::Command(CommandId(self.commands), park));
            let wait = self.about(WAITS);
            self.plan(wait, Event::Bridge(call));
        } else {
            self.tell(&call, "hangup");
        }
    }

    /// Gives the mirror a call event. `word` is the type of the event.
    pub(super) fn tell(&mut self, call: &CallApiId, word: &str) {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let event = CallEvent::from_fields(vec![
            field("EventType", word),
            field("CallAPIID", call.as_str()),
            field("EventTime", &(self.now.as_ms() * 1000).to_string()),
        ]);
        self.drive(Input::Event(Arc::new(event.unwrap())));
    }

    /// Answers a question of the desk. The switch accepts questions that name a parked call in
    /// one setting only.
    pub(super) fn answer(&mut self, question: &Question) -> Answer {
        let is_parked = self.lot.stalls().any(|(_, stay, _)| stay.call == question.call);
        let is_answered = match question.action {
            Action::Park | Action::Bridge => true,
            Action::Slots if is_parked => self.setting == Setting::WatchedWithParked,
            Action::Slots => self.desk.as_ref() == Some(&question.call),
        };
        if !is_answered {
            return Answer::Refused(Refusal::new(RefusalCode::NoSuchCall, None));
        }
        let answer = self.lot.ask(self.now, question);
        if question.action == Action::Park {
            self.tell(&question.call, "hangup");
        }
        self.tell_of_lot();
        answer
    }
}
