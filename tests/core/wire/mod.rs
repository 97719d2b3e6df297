//! How questions and answers are spelled over HTTP, in both directions.

mod acts;
mod charset;
mod feed;
mod feed_round_trip;
mod free;
mod growth;
mod headers;
mod mutation;
mod notation;
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
    read_answer(&question("ann", asks), status, body, Headers::default())
}

/// Whoever asks and gets `body` with a 200 understands `told`. `$U` is a UUID.
#[track_caller]
fn tells(asks: &str, body: &str, told: &str) {
    let body = body.replace("$U", UUID);
    assert_eq!(read(asks, 200, &body), parse_answer(&told.replace("$U", UUID)), "{asks}: {body}");
}

/// Nobody can be sure what `body` means, and nothing is made up.
#[track_caller]
fn tells_nothing(asks: &str, body: &str) {
    let body = body.replace("$U", UUID);
    match read(asks, 200, &body) {
        Answer::Unclear { status: 200, .. } => {}
        fact => panic!("{asks}: {body} was understood as {fact:?}"),
    }
}
