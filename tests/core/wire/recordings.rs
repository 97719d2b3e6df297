//! The exchanges in `tests/fixtures`, read.
//!
//! A file is written as editors know it: `###` and a title before each exchange, a request, a
//! reply, and at the end, as a comment, what the reply tells in the words of the scenarios.

use valet_park::wire::{Dialect, Headers, read_answer, read_request, write_request};
use valet_park::{Answer, Question};

use crate::support::parse_answer;

/// One exchange.
pub(super) struct Exchange {
    pub(super) title: String,
    pub(super) question: Question,
    pub(super) status: u16,
    pub(super) body: String,
    headers: Vec<(String, String)>,
    told: String,
}

impl Exchange {
    fn read(text: &str) -> Self {
        let (title, rest) = text.split_once('\n').unwrap();
        let blocks: Vec<&str> = rest.trim().split("\n\n").collect();
        let &[request, asked, reply, body, told] = blocks.as_slice() else {
            panic!("{title}: expected a request, a reply, and what it tells");
        };
        let (method, path) = request.lines().next().unwrap().split_once(' ').unwrap();
        let question = read_request(method, path, asked, Dialect::default());
        let header = |line: &str| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_owned(), value.to_owned())
        };
        Self {
            title: title.to_owned(),
            question: question.unwrap(),
            status: reply.split(' ').next().unwrap().parse().unwrap(),
            body: body.to_owned(),
            headers: reply.lines().skip(1).map(header).collect(),
            told: told.strip_prefix("# ").unwrap().to_owned(),
        }
    }

    /// What the asker understands if the body is this one.
    pub(super) fn answer(&self, body: &str) -> Answer {
        read_answer(&self.question, self.status, body, Headers(&self.headers))
    }
}

/// Every recorded exchange.
pub(super) fn exchanges() -> Vec<Exchange> {
    let files = [
        include_str!("../../fixtures/worked-example.http"),
        include_str!("../../fixtures/refusals.http"),
    ];
    let exchanges = files.iter().flat_map(|file| file.split("### ").skip(1));
    exchanges.map(Exchange::read).collect()
}

#[test]
fn each_reply_tells_what_stands_below_it() {
    let exchanges = exchanges();
    assert_eq!(exchanges.len(), 16, "every exchange of both files is read");
    for exchange in exchanges {
        let told = match (exchange.answer(&exchange.body), parse_answer(&exchange.told)) {
            // The words of the switch are none of ours.
            (Answer::Refused(told), Answer::Refused(mut expected)) => {
                expected.message.clone_from(&told.message);
                (Answer::Refused(told), Answer::Refused(expected))
            }
            told => told,
        };
        assert_eq!(told.0, told.1, "{}", exchange.title);
    }
}

#[test]
fn each_request_is_one_that_the_client_would_write() {
    for exchange in exchanges() {
        let written = write_request(&exchange.question, Dialect::default()).unwrap();
        let again = read_request(written.method, &written.path, &written.body, Dialect::default());
        assert_eq!(again, Ok(exchange.question), "{}", exchange.title);
        assert!(written.path.starts_with("/extension/34414/valet_park/3232240860-"), "{written:?}");
    }
}
