//! Whether 04/03 is the fourth of March or the third of April: as the page's other dates have it.

use std::sync::LazyLock;

use regex::Regex;

/// How a page writes dates in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

/// What the dates of a page that can be read in one way only say of the others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Orders(Option<Order>);

impl Orders {
    /// Of the texts of a page.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Orders {
        static FIGURES: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"\b([0-9]{1,2})[-/.]([0-9]{1,2})[-/.](?:[0-9]{4}|[0-9]{2})\b")
                .expect("a fixed pattern")
        });
        let (mut days, mut months) = (false, false);
        for text in texts {
            for found in FIGURES.captures_iter(text) {
                let part = |at: usize| found[at].parse::<u8>().unwrap_or(0);
                days |= (13..=31).contains(&part(1)) && (1..=12).contains(&part(2));
                months |= (13..=31).contains(&part(2)) && (1..=12).contains(&part(1));
            }
        }
        Orders(match (days, months) {
            (true, false) => Some(Order::DayFirst),
            (false, true) => Some(Order::MonthFirst),
            _ => None,
        })
    }

    /// Points stand after days, as in ordinals.
    pub(super) fn of_mark(self, mark: &str) -> Option<Order> {
        self.0.or((mark == ".").then_some(Order::DayFirst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_dates_decide() {
        use Order::{DayFirst, MonthFirst};
        let cases: &[(&[&str], &str, Option<Order>)] = &[
            (&["Posted 14/03/2025"], "/", Some(DayFirst)),
            (&["on 3/14/25 and 3/15/25"], "/", Some(MonthFirst)),
            (&["14/03/2025", "3/14/2025"], "/", None),
            (&["04/03/2025"], "/", None),
            (&["04.03.2025"], ".", Some(DayFirst)),
            (&["04.14.2025"], ".", Some(MonthFirst)),
            (&["31.14.2025"], "-", None),
        ];
        for (texts, mark, expected) in cases {
            let found = Orders::of(texts.iter().copied()).of_mark(mark);
            assert_eq!(found, *expected, "{texts:?}");
        }
    }
}
