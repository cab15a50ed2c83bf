//! What a person sees.

pub(crate) mod explanation;
pub(crate) mod progress;
pub(crate) mod report;
pub(crate) mod summary;
pub(crate) mod timings;

/// `text` on one line and without control characters: what an article holds must not steer the
/// terminal.
pub(crate) fn visible(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        word.chars().map(|ch| if ch.is_control() { '\u{FFFD}' } else { ch }).collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// `number` with thousands separated by commas.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_do_not_steer_the_terminal() {
        assert_eq!(visible("a\n \u{1b}[31mb\0"), "a \u{FFFD}[31mb\u{FFFD}");
    }

    #[test]
    fn thousands() {
        let cases = [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")];
        for (number, expected) in cases {
            assert_eq!(grouped(number), expected);
        }
    }
}
