//! Passes inputs to the parts of a mirror, and requests from one part to another.

use super::belief::Reappearance;
use super::belief::{Cell, Exit, Intent, News, Source};
use super::commands::{Commands, Facts, Settled, Want};
use super::poller::{self, Asked, Purpose};
use super::roster::{Asker, AskerNote};
use super::{CommandResult, Input, Mirror, Notice, Reason, Ticket};
use crate::event::EventType;
use crate::feed::{Message, Stamp};
use crate::{Action, Answer, Budget, CallEvent, Error, Question, Slot, Time};

impl Mirror {
    /// Passes an input to the part that handles it.
    pub(super) fn apply(&mut self, input: Input) {
        let now = self.at.now;
        match input {
            Input::Command(id, command) => {
                let (commands, facts) = self.commands();
                commands.start(&facts, id, command);
            }
            Input::Abort(id) => {
                let poller = &mut self.poller;
                let facts = Facts {
                    at: self.at,
                    belief: &self.belief,
                    rosters: &self.rosters,
                    feed_is_exact: poller.feed_is_exact(),
                    has_free_list: poller.has_free_list(),
                };
                self.commands.abort(&facts, id, || poller.cancel_unsent(id));
            }
            Input::Answered { ticket, answer, budget, stamp } => {
                self.apply_answer(ticket, &answer, budget, stamp);
            }
            Input::Failed { ticket, error } => {
                if let Some(asked) = self.poller.note_failure(now, ticket, &error) {
                    self.apply_failure(&asked, &error);
                }
            }
            Input::Event(event) => self.handle_message(Message::Call(event), None, now),
            Input::Listed { events, budget } => {
                self.poller.note_list(now, budget);
                for event in &events {
                    let slot =
                        event.call.as_ref().and_then(|call| self.belief.slot_of(call.uuid()));
                    self.handle_message(Message::Call(event.clone()), None, now);
                    // The call may have left the slot long ago, and another call may wait there.
                    let is_vacant =
                        |slot: &Slot| self.belief.cell(*slot).is_some_and(Cell::is_vacant);
                    if let Some(slot) = slot.filter(is_vacant) {
                        self.belief.doubt(slot);
                    }
                }
                self.rosters.note_listed(now, &events);
            }
            Input::Recalled { message, age } => self.recall(message, age),
            Input::Told { message, order, asked_at } => {
                self.handle_message(message, order, asked_at);
            }
            Input::SetWatching(is_watching) => self.poller.set_watching(now, is_watching),
            Input::Feed(feed) => {
                self.poller.set_feed(now, feed, self.belief.knows_every_slot());
            }
            Input::OtherTabLeads(leads) => self.poller.set_other_tab_leads(now, leads),
            Input::Doubt => {
                self.belief.lapse_all();
                self.poller.restart(now);
            }
            Input::Wake => {}
        }
    }

    /// Does what is due now, or what the input has made possible.
    pub(super) fn advance(&mut self) {
        let (commands, facts) = self.commands();
        commands.resume(&facts);
        self.route();
        if self.belief.knows_every_slot() {
            let (commands, belief) = (&self.commands, &self.belief);
            let is_parked = |uuid: &_| commands.is_parked(belief, uuid);
            self.rosters.drop_unparked(self.at.now, is_parked);
        }
        self.belief.warn(self.at.now);
        self.route();
        let asker = self.asker();
        self.poller.poll(self.at, &self.belief, asker.as_ref());
        self.route();
    }

    /// Sends the questions that may be sent. From then on the slot shows an act.
    pub(super) fn send(&mut self) {
        let (belief, rosters) = (&mut self.belief, &self.rosters);
        let commands = &self.commands;
        loop {
            let sent = self.poller.send(self.at, |question| {
                // While the question waited, an event may have told which extension has the call.
                if let Some(extension) = rosters.extension_of(question.call.uuid()) {
                    question.extension = extension.clone();
                }
                commands.asker_state(belief, rosters, &question.call)
            });
            let Some((ticket, asked)) = sent else { return };
            let Asked { question, purpose, .. } = asked;
            if let (Purpose::Command(command), Some(slot)) = (purpose, question.slot) {
                let Question { extension, call, action, .. } = question.clone();
                let sent_at = self.at.now;
                let intent = match action {
                    Action::Park => Some(Intent::Park { call, extension, command, sent_at }),
                    Action::Bridge => Some(Intent::Bridge { command }),
                    Action::Slots => None,
                };
                if let Some(intent) = intent {
                    belief.begin_act(self.at, slot, intent);
                }
            }
            self.effects.questions.push((ticket, question));
        }
    }

    /// Returns the asker for a question that can name any call.
    pub(super) fn asker(&self) -> Option<Asker> {
        self.rosters.asker(&self.belief)
    }

    fn commands(&mut self) -> (&mut Commands, Facts<'_>) {
        let facts = Facts {
            at: self.at,
            belief: &self.belief,
            rosters: &self.rosters,
            feed_is_exact: self.poller.feed_is_exact(),
            has_free_list: self.poller.has_free_list(),
        };
        (&mut self.commands, facts)
    }

    fn apply_answer(&mut self, ticket: Ticket, answer: &Answer, budget: Budget, stamp: Stamp) {
        let now = self.at.now;
        let Some(mut asked) = self.poller.note_answer(now, ticket, answer, budget, stamp) else {
            return;
        };
        let call = asked.question.call.clone();
        asked.is_asker_alive = self.rosters.is_alive(call.uuid());
        let note = self.rosters.note_asker(now, &asked.question, asked.asker_state, answer);
        if note == AskerNote::NoLongerParked
            && let Some(slot) = self.belief.slot_of(call.uuid())
        {
            self.belief.unconfirm(slot);
        }
        // A refusal of the asker says nothing about the slots.
        let is_asker_refused = note != AskerNote::Served;
        let (commands, facts) = self.commands();
        if !is_asker_refused && !commands.is_deferred(&facts, &asked, answer) {
            self.belief.observe(self.at, &asked.question, &asked.source(), answer);
            self.route();
        }
        match asked.purpose {
            Purpose::Command(id) => {
                let (commands, facts) = self.commands();
                commands.apply_answer(&facts, id, &asked, Ok(answer));
            }
            Purpose::Sweep => {
                let asker = self.asker();
                let (poller, belief) = (&mut self.poller, &self.belief);
                let asker = asker.as_ref();
                poller.step_sweep(self.at, belief, asker, &asked, answer, is_asker_refused);
            }
            Purpose::Check => {}
        }
    }

    fn apply_failure(&mut self, asked: &Asked, error: &Error) {
        match asked.purpose {
            Purpose::Command(id) => {
                let (commands, facts) = self.commands();
                commands.apply_answer(&facts, id, asked, Err(error));
            }
            Purpose::Sweep => self.poller.end_sweep(Some(error)),
            Purpose::Check => self.poller.report_error(error),
        }
    }

    /// Applies a message of a feed or of another tab.
    fn handle_message(&mut self, message: Message, order: Option<u64>, asked_at: Time) {
        let now = self.at.now;
        let source = Source::second_hand(self.at.step, asked_at.min(now));
        let source = Source { arrived_at: now, order, ..source };
        match message {
            Message::Call(event) => self.handle_event(&event, &source),
            Message::Asked { question, answer, since } => {
                let source = Source { since, ..source };
                self.poller.note_told(now, &answer);
                self.belief.observe(self.at, &question, &source, &answer);
            }
            Message::Note(note) => self.belief.note(note, order),
            Message::Move(moved) => {
                self.belief.name(&moved.call, moved.caller.clone());
                self.belief.observe_move(self.at, &moved, &source);
                self.route();
                let (commands, facts) = self.commands();
                commands.confirm_by_feed(&facts, &moved);
            }
        }
    }

    /// Applies a call event.
    ///
    /// The `hangup` after a park does not mean that the call has left its slot. Any other event is
    /// ignored if it is older than the observation of the slot.
    fn handle_event(&mut self, event: &CallEvent, source: &Source) {
        let is_past = self.belief.is_outdated(event.call.as_ref(), source);
        if is_past && event.kind != EventType::Hangup {
            return;
        }
        let (commands, belief) = (&self.commands, &self.belief);
        let is_parked = |uuid: &_| commands.is_parked(belief, uuid);
        let Some((extension, news)) = self.rosters.handle(self.at.now, event, is_parked) else {
            return;
        };
        if let Some(known) = news.known {
            self.belief.learn(known);
        }
        let now = self.at.now;
        let mut unsure = None;
        let reappeared = news.reappeared.or_else(|| {
            let caller = event.caller.as_deref().filter(|_| news.is_new_ring);
            let uuid = self.belief.find_returned(now, &extension, caller)?;
            unsure = self.belief.slot_of(&uuid);
            let kind = EventType::DialIn;
            Some(Reappearance { uuid, is_renamed: true, away_us: None, is_later: true, kind })
        });
        let Some(reappeared) = reappeared else { return };
        let belief = &mut self.belief;
        if let Some(from) = belief.observe_reappearance(self.at, &reappeared, &extension, source) {
            self.rosters.set_returned(&extension, event, from);
        }
        if let Some(slot) = unsure {
            self.belief.doubt(slot);
        }
    }

    /// Passes requests between the parts until no part has any.
    pub(super) fn route(&mut self) {
        loop {
            self.deliver_requests();
            let wants = self.commands.take_wants();
            if wants.is_empty() {
                return;
            }
            for want in wants {
                self.carry_out(want);
                self.deliver_requests();
            }
        }
    }

    fn deliver_requests(&mut self) {
        for news in self.belief.take_news() {
            self.deliver_news(news);
        }
        for want in self.poller.take_wants() {
            match want {
                poller::Want::SweepEnded { commands: ids, error } => {
                    let (commands, facts) = self.commands();
                    commands.finish_sweep(&facts, ids, error.as_ref());
                }
                poller::Want::NoFreeList => self.belief.ask_about_every_slot(),
                poller::Want::Error(error) => self.effects.notices.push(Notice::Error(error)),
            }
        }
    }

    fn deliver_news(&mut self, news: News) {
        let now = self.at.now;
        match news {
            News::Arrived { slot, uuid } => {
                self.rosters.set_parked(&uuid, true, now);
                self.effects.notices.push(Notice::Parked(slot));
            }
            News::ParkedAgain(uuid) => self.rosters.forget_last_event(&uuid),
            News::Left { slot, uuid, occupant, exit } => {
                self.rosters.set_parked(&uuid, false, now);
                let taken_by = self.commands.bridged_by(slot, &uuid);
                let exit = match taken_by.filter(|_| exit.reason == Reason::Unknown) {
                    Some(extension) => Exit::bridged(extension.clone()),
                    None => exit,
                };
                let departure = self.belief.depart(now, slot, uuid, occupant, exit);
                self.effects.notices.push(Notice::Departed(departure));
            }
            News::Waits(uuid) => self.rosters.set_parked(&uuid, true, now),
            News::Explained(departure) => {
                self.effects.notices.push(Notice::Departed(departure));
            }
            News::Check(slot) => {
                let asker = self.asker();
                self.poller.check(slot, asker.as_ref());
            }
            News::Due(slot, left) => self.effects.notices.push(Notice::Due(slot, left)),
            News::Overdue(slot) => self.poller.check_after_deadline(now, slot),
            News::NoSuchCall(extension, uuid) => self.rosters.drop_call(&extension, &uuid, now),
            News::Error(error) => self.effects.notices.push(Notice::Error(error)),
        }
    }

    fn carry_out(&mut self, want: Want) {
        let at = self.at;
        match want {
            Want::Ask { command, asker, action, slot } => {
                self.poller.ask(Purpose::Command(command), asker, action, slot);
            }
            Want::Sweep { command, with } => {
                let asker = self.asker();
                self.poller.sweep_for(at, &self.belief, asker.as_ref(), command, with);
            }
            Want::NoFreeList => self.poller.set_no_free_list(),
            Want::Name(call) => self.belief.name(&call, None),
            Want::Observe { asked, answer } => {
                self.belief.observe(at, &asked.question, &asked.source(), &answer);
            }
            Want::RecordParkedBy { slot, uuid, extension } => {
                self.belief.set_parked_by(slot, &uuid, &extension);
            }
            Want::ForgetHeld => self.belief.forget_held(at),
            Want::DropIntent(slot) => self.belief.drop_intent(slot),
            Want::Unconfirm(slot) => self.belief.unconfirm(slot),
            Want::NotParked(uuid) => self.rosters.set_parked(&uuid, false, at.now),
            Want::EndAct { command, is_unknown } => self.belief.end_act(at, command, is_unknown),
            Want::CheckLater { slot, is_confirmed } => {
                self.poller.check_after_command(at.now, slot, is_confirmed);
            }
            Want::Settle(id, settled) => {
                let settled = self.with_return(settled);
                self.effects.notices.push(Notice::Settled(id, settled));
            }
        }
    }

    /// Fills in when the parked call of a command goes back.
    fn with_return(&self, settled: Settled) -> Settled {
        match settled {
            Ok(CommandResult::Parked { slot, uuid, is_confirmed, .. }) => {
                let cell = self.belief.cell(slot);
                let returns_at = cell.and_then(|cell| cell.returns_at(self.belief.patience()));
                Ok(CommandResult::Parked { slot, uuid, returns_at, is_confirmed })
            }
            settled => settled,
        }
    }
}
