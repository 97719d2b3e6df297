//! The recorded exchanges in `tests/fixtures`.
//!
//! The files have the format of HTTP clients in editors: `###` and a title before each exchange, a
//! request, and a reply. A comment at the end is the expected answer in the notation of scenarios.

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
    expected: String,
}

impl Exchange {
    fn read(text: &str) -> Self {
        let (title, rest) = text.split_once('\n').unwrap();
        let blocks: Vec<&str> = rest.trim().split("\n\n").collect();
        let &[request, asked, reply, body, expected] = blocks.as_slice() else {
            panic!("{title}: expected a request, a reply and an answer");
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
            expected: expected.strip_prefix("# ").unwrap().to_owned(),
        }
    }

    /// The answer to the recorded question if the reply has this body.
    pub(super) fn answer(&self, body: &str) -> Answer {
        read_answer(self.question.asked(), self.status, body, Headers(&self.headers))
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
fn each_reply_is_read_as_the_answer_below_it() {
    let exchanges = exchanges();
    assert_eq!(exchanges.len(), 16, "every exchange of both files is read");
    for exchange in exchanges {
        let answers = match (exchange.answer(&exchange.body), parse_answer(&exchange.expected)) {
            // The message of the switch is not compared.
            (Answer::Refused(read), Answer::Refused(mut expected)) => {
                expected.message.clone_from(&read.message);
                (Answer::Refused(read), Answer::Refused(expected))
            }
            answers => answers,
        };
        assert_eq!(answers.0, answers.1, "{}", exchange.title);
    }
}

#[test]
fn the_client_writes_each_request() {
    for exchange in exchanges() {
        let written = write_request(&exchange.question, Dialect::default()).unwrap();
        let again = read_request(written.method, &written.path, &written.body, Dialect::default());
        assert_eq!(again, Ok(exchange.question), "{}", exchange.title);
        assert!(written.path.starts_with("/extension/34414/valet_park/3232240860-"), "{written:?}");
    }
}
