//! The spelling of questions, answers and feed messages over HTTP.

mod call_list;
mod charset;
mod commands;
mod feed;
mod feed_round_trip;
mod free;
mod growth;
mod headers;
mod mutation;
mod notation;
mod pick_up;
mod recordings;
mod refusal;
mod request;
mod round_trip;
mod slots;

use valet_park::Answer;
use valet_park::wire::{Headers, read_answer};

use crate::support::{parse_answer, question};

const UUID: &str = "37b98fb2-a66c-11ea-ae69-6fd86d94a0e0";

fn read(asks: &str, status: u16, body: &str) -> Answer {
    read_answer(question("ann", asks).asked(), status, body, Headers::default())
}

/// A 200 with this body is read as this answer. `$U` stands for a UUID.
#[track_caller]
fn reads_as(asks: &str, body: &str, answer: &str) {
    let body = body.replace("$U", UUID);
    assert_eq!(read(asks, 200, &body), parse_answer(&answer.replace("$U", UUID)), "{asks}: {body}");
}

/// A 200 with this body is unclear, because its meaning is not certain.
#[track_caller]
fn is_unclear(asks: &str, body: &str) {
    let body = body.replace("$U", UUID);
    match read(asks, 200, &body) {
        Answer::Unclear { status: 200, .. } => {}
        fact => panic!("{asks}: {body} was understood as {fact:?}"),
    }
}
