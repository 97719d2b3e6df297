//! Reads and quotes text that comes from elsewhere.

/// Reads a number of decimal digits without a sign. Returns `None` for any other text.
pub(crate) fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|_| !text.starts_with('+'))
}

/// Quotes foreign text for a message: in backticks, on one line, cut at 40 characters.
pub(crate) fn quoted(text: &str) -> String {
    const MAX_LENGTH: usize = 40;
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    let start: String = text.chars().take(MAX_LENGTH).map(visible).collect();
    let is_cut = text.chars().nth(MAX_LENGTH).is_some();
    format!("`{start}{}`", if is_cut { "…" } else { "" })
}
