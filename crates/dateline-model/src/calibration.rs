//! From how probable the model finds an entity to how often it is right.

use std::collections::BTreeMap;

use dateline_text::EntityKind;

use crate::ModelError;

/// Stands in a config for all types that have no numbers of their own.
const OTHERS: &str = "*";
/// Keeps the log-odds of certain spans finite.
const EDGE: f64 = 1e-6;

/// A straight line on the scale of log-odds (Platt scaling). It rises, so that it never changes
/// which of two spans of a type is likelier.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Line {
    slope: f64,
    offset: f64,
}

impl Line {
    fn apply(self, p: f64) -> f64 {
        let p = p.clamp(EDGE, 1.0 - EDGE);
        let odds = self.slope * (p / (1.0 - p)).ln() + self.offset;
        1.0 / (1.0 + (-odds).exp())
    }
}

/// What is written of an entity's probability, by its type.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Calibration {
    kinds: Vec<(EntityKind, Line)>,
    others: Option<Line>,
}

impl Calibration {
    /// Reads slope and offset of each type; `field` is where they stand in the config.
    pub(crate) fn parse(
        field: &str,
        raw: &BTreeMap<String, (f64, f64)>,
    ) -> Result<Self, ModelError> {
        let mut calibration = Calibration::default();
        for (name, &(slope, offset)) in raw {
            let bad = |problem: String| ModelError::config(format!("{field}.{name}"), problem);
            if !(slope.is_finite() && slope > 0.0) {
                return Err(bad(format!("the slope is {slope}, must be positive")));
            }
            if !offset.is_finite() {
                return Err(bad(format!("the offset is {offset}, must be finite")));
            }
            let line = Line { slope, offset };
            if name == OTHERS {
                calibration.others = Some(line);
            } else {
                let kind =
                    name.parse().map_err(|e: dateline_text::UnknownLabel| bad(e.to_string()));
                calibration.kinds.push((kind?, line));
            }
        }
        Ok(calibration)
    }

    /// The score of an entity that the model finds `p` probable.
    pub(crate) fn score(&self, kind: EntityKind, p: f64) -> f64 {
        let own = self.kinds.iter().find(|(k, _)| *k == kind).map(|(_, line)| *line);
        own.or(self.others).map_or(p, |line| line.apply(p))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(lines: &[(&str, f64, f64)]) -> Result<Calibration, ModelError> {
        let raw = lines.iter().map(|&(name, a, b)| (name.to_owned(), (a, b))).collect();
        Calibration::parse("calibration.entity", &raw)
    }

    #[test]
    fn a_type_has_its_own_line() {
        let calibration = parse(&[("PERSON", 0.5, 0.25), ("*", 2.0, 0.0)]).unwrap();
        // Odds of 4 to 1: their root, times e to the quarter.
        let odds = 2.0 * 1.284_025_416_687_741_5;
        assert!((calibration.score(EntityKind::Person, 0.8) - odds / (1.0 + odds)).abs() < 1e-12);
        // The same odds squared: 16 to 1.
        assert!((calibration.score(EntityKind::Org, 0.8) - 16.0 / 17.0).abs() < 1e-12);
    }

    #[test]
    fn without_a_line_nothing_changes() {
        let calibration = parse(&[("PERSON", 0.5, 0.0)]).unwrap();
        for p in [0.0, 1e-9, 0.3, 1.0] {
            assert_eq!(calibration.score(EntityKind::Org, p), p);
            assert_eq!(Calibration::default().score(EntityKind::Person, p), p);
        }
    }

    #[test]
    fn certain_spans_stay_numbers_in_order() {
        let calibration = parse(&[("*", 1.0, 0.0)]).unwrap();
        let scores =
            [0.0, 1e-7, 1e-3, 0.5, 0.999, 1.0].map(|p| calibration.score(EntityKind::Org, p));
        assert!(scores.is_sorted());
        assert!((scores[0] - 1e-6).abs() < 1e-12 && (scores[5] - (1.0 - 1e-6)).abs() < 1e-12);
        let steep = parse(&[("*", 1e300, -1e300)]).unwrap();
        assert_eq!(steep.score(EntityKind::Org, 0.1), 0.0);
        assert_eq!(steep.score(EntityKind::Org, 1.0), 1.0);
    }

    #[test]
    fn faults_have_their_field() {
        let cases = [
            ("PERSON", 0.0, 0.0),
            ("*", -1.0, 0.0),
            ("ORG", f64::NAN, 0.0),
            ("ORG", 1.0, f64::INFINITY),
            ("THING", 1.0, 0.0),
        ];
        for (name, a, b) in cases {
            match parse(&[(name, a, b)]) {
                Err(ModelError::Config { field, .. }) => {
                    assert_eq!(field, format!("calibration.entity.{name}"));
                }
                other => panic!("{name}: {other:?}"),
            }
        }
    }
}
