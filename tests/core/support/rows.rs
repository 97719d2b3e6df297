//! Reads a scenario: one step per line, with columns separated by two spaces.

use core::fmt;

use valet_park::Time;

/// One line of a scenario.
pub(crate) struct Row<'a> {
    line: usize,
    pub(crate) cells: Vec<&'a str>,
}

/// The start of every assertion message about a row.
impl fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} of the scenario: {}", self.line, self.cells.join("  "))
    }
}

/// Returns the lines of a scenario, without empty lines and the heading that starts with `at`.
pub(crate) fn rows(table: &str) -> impl Iterator<Item = Row<'_>> {
    table.lines().enumerate().filter_map(|(index, line)| {
        let cells: Vec<&str> =
            line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
        let says_something = cells.first().is_some_and(|first| *first != "at");
        says_something.then_some(Row { line: index + 1, cells })
    })
}

/// Reads a time such as `2:59` or `2:59.999`: minutes and seconds since the scenario began.
#[track_caller]
pub(crate) fn moment(text: &str) -> Time {
    let (minutes, seconds) = text.split_once(':').expect(text);
    let (seconds, thousandths) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let number = |text: &str| text.parse::<u64>().unwrap();
    let padded = format!("{thousandths:0<3}");
    Time::from_ms((number(minutes) * 60 + number(seconds)) * 1000 + number(&padded))
}
